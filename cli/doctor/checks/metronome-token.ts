import { createMetronomeClient } from '../../../lambda/forward/metronome.ts';
import type { PostResult } from '../../../lambda/forward/metronome.ts';
import { ANSWERS_WITHIN_MS } from '../ask.ts';
import { fail, ok, warn } from '../check.ts';
import type { Check, CredentialsContext, Finding } from '../check.ts';
import { storedValue } from '../stored-value.ts';

/** Metronome refuses it with 400 if it takes the token, and bills nothing either way. */
const NO_EVENTS = '[]';
const USER_AGENT = 'segment-metronome-bridge/doctor';

const NOT_NOW = "Metronome can't be asked right now";
const LATER = 'Try again in a few minutes. Events wait in the queue meanwhile.';

/** Whether the token is set, and Metronome takes it. */
export const METRONOME_TOKEN: Check<CredentialsContext> = {
  name: 'Metronome token',
  async run({ credentials: { metronomeToken, metronomeBaseUrl }, io }) {
    const { howToSet } = metronomeToken;
    const token = await storedValue(metronomeToken);
    if (!token) return fail('It was never set, or is empty: events wait in the queue.', howToSet);
    const baseUrl = await metronomeBaseUrl();
    if (baseUrl === undefined) return ok('Not needed while no bridge runs: it is for the sandbox.');
    const client = createMetronomeClient({ baseUrl, userAgent: USER_AGENT, now: io.now });
    try {
      return findingOf(await client.ingest(NO_EVENTS, token, ANSWERS_WITHIN_MS), baseUrl, howToSet);
    } finally {
      client.close();
    }
  },
};

function findingOf(result: PostResult, baseUrl: string, howToSet: string): Finding {
  if (result.kind === 'unusable_token') return fail('It has spaces, line breaks or letters that no header can carry.', howToSet);
  if (result.kind === 'no_answer') return warn(`${NOT_NOW} (${result.code} from ${baseUrl}); that says nothing of the token.`, LATER);
  const { status } = result;
  if (status === 400) return ok(`${baseUrl} takes it.`);
  if (status >= 200 && status < 300) return ok(`${baseUrl} takes it (it answered ${status} to an empty array).`);
  if (status === 401 || status === 403) return fail(`Wrong token: ${baseUrl} refuses it with ${status}.`, howToSet);
  if (status === 408 || status === 429 || status >= 500) return warn(`${NOT_NOW} (${status} from ${baseUrl}); that says nothing of the token.`, LATER);
  return fail(`${baseUrl} answers ${status}, as Metronome never does.`, 'Correct the setting "metronomeBaseUrl"; it is the origin alone, like https://api.metronome.com.');
}
