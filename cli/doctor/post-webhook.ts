import { errorName, messageOf } from '../../lambda/error-text.ts';
import { ownMember } from '../../lambda/json-value.ts';
import { ANSWERS_WITHIN_MS } from './ask.ts';
import { fail, warn } from './check.ts';
import type { Finding } from './check.ts';

/** What the webhook said, or why it said nothing. */
export type Reply = { readonly kind: 'answer'; readonly status: number; readonly error: unknown } | { readonly kind: 'none'; readonly why: string };

/** The address is whatever the operator gave, so it isn't followed elsewhere. */
export async function postWebhook(url: string, body: string, credential: Readonly<Record<string, string>>): Promise<Reply> {
  const headers = { 'content-type': 'application/json', 'user-agent': 'segment-metronome-bridge/doctor', ...credential };
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    return { kind: 'answer', status: response.status, error: ownMember(parsed(await response.text()), 'error') };
  } catch (error) {
    return { kind: 'none', why: reasonOf(error) };
  }
}

/** Whatever isn't an answer of the bridge to what was sent. */
export function unexpected(reply: Reply, url: string): Finding {
  if (reply.kind === 'none') return fail(`${url} can't be reached (${reply.why}).`, 'Check the address, and the way to it from this machine: name, proxy, firewall.');
  const { status, error } = reply;
  if (status === 429) return warn(`${url} is too busy right now (429).`, 'Try again. If it lasts, raise the setting "throttleRate"; Segment sends again meanwhile.');
  if (error === 'no_credential') return fail(`${url} gets no credential: something in front of it drops headers.`, 'Let the headers X-Signature and Authorization through.');
  if (status === 503 && error === 'unavailable') return fail(`${url} answers 503: the bridge can't read its secrets or store events.`, "Read the ingest function's log; it names the cause. Segment sends again for about 4 hours.");
  if (status >= 500) return fail(`${url} answers ${status}.`, "Read the ingest function's log. Segment sends again for about 4 hours.");
  return fail(`${url} answers ${status}: no bridge is there.`, 'Compare the address with the stack output WebhookUrl, and the one in Segment with it.');
}

export function isMismatch(reply: Reply): boolean {
  return reply.kind === 'answer' && reply.status === 503 && reply.error === 'credential_mismatch';
}

export function isTaken(reply: Reply): boolean {
  return reply.kind === 'answer' && reply.status === 200;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** fetch says only that it failed; its cause knows why. */
function reasonOf(error: unknown): string {
  if (errorName(error) === 'TimeoutError') return `no answer within ${ANSWERS_WITHIN_MS / 1_000} seconds`;
  const cause = ownMember(error, 'cause');
  const code = ownMember(cause, 'code');
  return typeof code === 'string' ? code : messageOf(cause ?? error);
}
