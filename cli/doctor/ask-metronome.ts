import { createMetronomeClient } from '../../lambda/forward/metronome.ts';
import { ANSWERS_WITHIN_MS } from './ask.ts';
import { AtFault } from './at-fault.ts';
import type { CredentialsContext } from './check.ts';
import { fitsHeader, storedValue } from './stored-value.ts';
import { Unanswered } from './unanswered.ts';

/** Metronome refuses it with 400 if it takes the token, and bills nothing either way. */
const NO_EVENTS = '[]';
const USER_AGENT = 'segment-metronome-bridge/doctor';
/** Metronome refuses it, and so shows that it is there. */
const NOBODYS_TOKEN = 'no-usable-token';

/** What came of one request to Metronome, with the token if there is one that can be sent. */
export type Asked = { readonly baseUrl: string } & ({ readonly kind: 'answer'; readonly status: number } | { readonly kind: 'no_answer'; readonly code: string });

/** Undefined while there is no Metronome, as the sandbox of a local run that isn't running. */
export async function askMetronome({ credentials, io }: CredentialsContext): Promise<Asked | undefined> {
  const baseUrl = await credentials.metronomeBaseUrl();
  if (baseUrl === undefined) return undefined;
  const client = createMetronomeClient({ baseUrl, userAgent: USER_AGENT, now: io.now });
  try {
    const result = await client.ingest(NO_EVENTS, (await usableToken(credentials)) ?? NOBODYS_TOKEN, ANSWERS_WITHIN_MS);
    if (result.kind === 'answer') return { kind: 'answer', baseUrl, status: result.status };
    return { kind: 'no_answer', baseUrl, code: result.kind === 'no_answer' ? result.code : result.kind };
  } finally {
    client.close();
  }
}

/** That there is none, or that it can't be read, is for the token's own check to say. */
async function usableToken({ metronomeToken }: CredentialsContext['credentials']): Promise<string | undefined> {
  try {
    const token = await storedValue(metronomeToken);
    return token !== undefined && fitsHeader(token) ? token : undefined;
  } catch (error) {
    if (error instanceof Unanswered || error instanceof AtFault) return undefined;
    throw error;
  }
}
