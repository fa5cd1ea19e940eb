import { ownMember } from '../../lambda/json-value.ts';
import { LOCAL_ANSWERS_WITHIN_MS } from '../operator/local-operator.ts';
import { OperatorError } from '../operator/operator-error.ts';
import type { Operator } from '../operator/operator.ts';
import type { Accepted, AcceptedSource } from './accepted.ts';
import { cloudWatchAccepted } from './cloudwatch-accepted.ts';

/** Who counts for this bridge: CloudWatch for a stack; a local run itself, over all its days. */
export function acceptedSource({ metricsName, localUrl }: Pick<Operator, 'metricsName' | 'localUrl'>): AcceptedSource {
  return metricsName === undefined ? () => localAccepted(localUrl) : (day) => cloudWatchAccepted(day, metricsName);
}

async function localAccepted(url: string | undefined): Promise<Accepted> {
  try {
    const state: unknown = await (await fetch(`${url}/api/state`, { signal: AbortSignal.timeout(LOCAL_ANSWERS_WITHIN_MS) })).json();
    const total = ownMember(state, 'accepted');
    if (typeof total === 'number') return { total, byHour: undefined };
  } catch (error) {
    throw new OperatorError(`The local bridge doesn't answer at ${url}/api/state. Start it again with npm start.`, { cause: error });
  }
  throw new OperatorError(`What answers at ${url}/api/state is no bridge. Start it again with npm start.`);
}
