import { fail, ok, warn } from '../check.ts';
import type { Check, CredentialsContext } from '../check.ts';
import { storedValue } from '../stored-value.ts';

/** With fewer characters a secret may be guessed. */
const MIN_CHARS = 16;

/** Whether a secret that proves Segment is set, and was pasted whole. Its value is never shown. */
export function secretCheck(name: string, which: 'segment' | 'endpointToken'): Check<CredentialsContext> {
  return {
    name,
    async run({ credentials }) {
      const secret = credentials[which];
      const value = await storedValue(secret);
      if (!value) return fail('It was never set, or is empty: what it shall prove is answered with 503.', secret.howToSet);
      if (/\s/.test(value)) return warn('It has spaces or line breaks in it. Only one line break, at its end, is trimmed.', secret.howToSet);
      if (value.length < MIN_CHARS) return warn(`It has under ${MIN_CHARS} characters, and may be guessed.`, secret.howToSet);
      return ok('Set.');
    },
  };
}
