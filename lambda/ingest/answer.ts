import { INGEST_MAX_BATCH_EVENTS, INGEST_MAX_BODY_BYTES } from '../limits.ts';

/** What the webhook answers. Segment retries 5xx (not 501), 408, 423 and 429; every other 4xx is final there. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const ALLOWED_METHODS: readonly string[] = ['POST', 'PUT', 'PATCH'];

export function isAllowedMethod(method: string): boolean {
  return ALLOWED_METHODS.includes(method);
}

/** All of the request's events are stored. */
export function accepted(events: number): Answer {
  return { status: 200, body: { accepted: events } };
}

export const METHOD_NOT_ALLOWED: Answer = {
  status: 405,
  headers: { allow: ALLOWED_METHODS.join(', ') },
  body: { error: 'method_not_allowed', message: `Send events with ${ALLOWED_METHODS.join(', ')}.` },
};

export const NO_CREDENTIAL: Answer = {
  status: 401,
  body: {
    error: 'no_credential',
    message: 'Set the shared secret in Segment (it then sends X-Signature, 40 hex digits), or the header "Authorization: Bearer <endpoint token>".',
  },
};

/** The one final answer to a request that shows a credential: no retry can make it smaller. */
export function bodyTooLarge(bytes: number): Answer {
  return tooLarge(`The body has ${bytes} bytes, at most ${INGEST_MAX_BODY_BYTES} are taken. Lower the batch size in Segment.`);
}

/** The same for one event. */
export function eventTooLarge(index: number): Answer {
  return tooLarge(`Event ${index + 1} of the request is over 1 MiB (a quarter less if it isn't plain text), more than the queue can hold. Segment's own limit is 32 KB.`);
}

/** The same for an array that would have to be kept whole. */
export function unsplittableTooLarge(): Answer {
  return tooLarge(`The array can't be split into events (it is broken, or has over ${INGEST_MAX_BATCH_EVENTS}), and as a whole it is over 1 MiB. Lower the batch size in Segment.`);
}

function tooLarge(message: string): Answer {
  return { status: 413, body: { error: 'too_large', message } };
}

const TOKEN_FORM = ' The header has to be "Authorization: Bearer <endpoint token>".';

/** Retryable on purpose: a wrongly rotated secret must not lose events. */
export function mismatch(wrong: readonly ('signature' | 'token')[]): Answer {
  return {
    status: 503,
    body: {
      error: 'credential_mismatch',
      message: `The ${wrong.join(' and the ')} matches no live secret. Set the same value in Segment and in the bridge; events wait at Segment meanwhile.${wrong.includes('token') ? TOKEN_FORM : ''}`,
      wrong,
    },
  };
}

/** Keeps the events at Segment while somebody adds the header. */
export const BATCH_NEEDS_TOKEN: Answer = {
  status: 503,
  body: {
    error: 'batch_needs_token',
    message:
      'Segment signs only the first event of a batch, so a batch also needs the header "Authorization: Bearer <endpoint token>". Add it in Segment, or set its batch size to 0.',
  },
};

/** Something of ours failed; a resend is harmless. */
export const UNAVAILABLE: Answer = {
  status: 503,
  body: { error: 'unavailable', message: 'The events could not be stored just now. Send them again.' },
};
