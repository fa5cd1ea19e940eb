import type { ReturnCause } from './fate.ts';

/** What an answer's status says about the request. */
export type StatusVerdict =
  | { readonly kind: 'delivered' }
  /** At least one of its events is refused: find it. */
  | { readonly kind: 'refused' }
  /** Worth another try inside this invocation. */
  | { readonly kind: 'retry'; readonly cause: ReturnCause }
  /** The token is refused: read it again, then stop. */
  | { readonly kind: 'token' }
  /** Our configuration is wrong: no event is to blame. */
  | { readonly kind: 'stop'; readonly cause: ReturnCause };

/**
 * Reads Metronome's status. 413 and 422 are not documented for ingest but speak of the payload, 408 of the moment; every
 * other 3xx and 4xx can only be a wrong address. https://docs.metronome.com (API status codes)
 */
export function verdictOfStatus(status: number): StatusVerdict {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  switch (status) {
    case 400:
    case 413:
    case 422:
      return { kind: 'refused' };
    case 401:
    case 403:
      return { kind: 'token' };
    case 429:
      return { kind: 'retry', cause: 'rate_limited' };
    case 408:
      return { kind: 'retry', cause: 'metronome_unavailable' };
    default:
      return status >= 500 ? { kind: 'retry', cause: 'metronome_unavailable' } : { kind: 'stop', cause: 'configuration' };
  }
}
