import type { Asked } from '../ask-metronome.ts';
import type { StoredSecret } from '../bridge.ts';
import { fail, ok, warn } from '../check.ts';
import type { Finding } from '../check.ts';
import { fitsHeader, storedValue } from '../stored-value.ts';

/** Whether the token is set, and Metronome takes it; an outage says nothing of it. */
export async function tokenFinding(secret: StoredSecret, ask: () => Promise<Asked | undefined>): Promise<Finding> {
  const { howToSet } = secret;
  const token = await storedValue(secret);
  if (!token) return fail('It was never set, or is empty: events wait in the queue.', howToSet);
  if (!fitsHeader(token)) return fail('It has spaces, line breaks or letters that no header can carry.', howToSet);
  const asked = await ask();
  if (asked === undefined) return ok('Not needed while no bridge runs: it is for the sandbox.');
  const { baseUrl } = asked;
  const status = asked.kind === 'answer' ? asked.status : undefined;
  if (status === 400) return ok(`${baseUrl} takes it.`);
  if (status !== undefined && status >= 200 && status < 300) return ok(`${baseUrl} takes it (it answered ${status} to an empty array).`);
  if (status === 401 || status === 403) return fail(`Wrong token: ${baseUrl} refuses it with ${status}.`, howToSet);
  return warn('Unknown, as Metronome says nothing of it.', 'See Metronome, above.');
}
