import type { Counts } from './running-counts.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { Target } from './target.ts';

/** The answer of `GET /api/state`: counts per message since the data folder began. */
export interface State extends Counts {
  readonly queue: { readonly visible: number; readonly inFlight: number; readonly deadLetters: number };
  /** `sandbox`, or the origin of the Metronome that bills. */
  readonly target: string;
  readonly sandbox?: { readonly url: string; readonly events: string; readonly billed: number; readonly duplicates: number };
}

/** The state from its parts. */
export function stateOf(counts: Counts, queue: State['queue'], target: Target, sandbox: Sandbox | undefined): State {
  return {
    ...counts,
    queue,
    target: target.kind === 'metronome' ? target.baseUrl : 'sandbox',
    ...(sandbox === undefined ? {} : { sandbox: { url: sandbox.url, events: `${sandbox.url}/events`, billed: sandbox.billed(), duplicates: sandbox.duplicates() } }),
  };
}
