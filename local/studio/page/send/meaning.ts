import type { SendRequest } from '../../api.ts';
import { count } from '../text/figures.ts';

/** What Segment makes of an answer. */
type Consequence = 'done' | 'sent again' | 'dropped';

export interface Meaning {
  /** Whether the bridge answered as such a request has to be answered. */
  readonly isRight: boolean;
  readonly sentence: string;
}

const RIGHT: Readonly<Record<SendRequest['kind'], Consequence>> = { single: 'done', batch: 'done', bad_signature: 'sent again', oversize: 'dropped' };
/** Segment sends again what is answered 5xx, except 501, and these of the 4xx; every other refusal is final there. */
const RETRIED: ReadonlySet<number> = new Set([408, 423, 429]);
const NOT_IMPLEMENTED = 501;

/** What an answer of the webhook means for the event, and whether it is the one that the request deserves. */
export function meaningOf(kind: SendRequest['kind'], status: number, body: string): Meaning {
  const consequence = consequenceOf(status);
  const isRight = consequence === RIGHT[kind];
  return { isRight, sentence: `${wordsFor(consequence, isRight, body)}${isRight ? '' : ' That is not what such a request should get.'}` };
}

function consequenceOf(status: number): Consequence {
  if (status < 300) return 'done';
  return RETRIED.has(status) || (status >= 500 && status !== NOT_IMPLEMENTED) ? 'sent again' : 'dropped';
}

function wordsFor(consequence: Consequence, isRight: boolean, body: string): string {
  const asItShould = isRight ? ', as it should be' : '';
  switch (consequence) {
    case 'done':
      return `Accepted: ${acceptedIn(body)} in the queue, and Segment is done with it.`;
    case 'sent again':
      return `Refused for now${asItShould}: Segment keeps the event and sends it again, so nothing is lost.`;
    case 'dropped':
      return `Refused for good${asItShould}: Segment drops the event, as sending it again would change nothing.`;
  }
}

/** Ingest tells how many it stored. */
function acceptedIn(body: string): string {
  const amount = /^\{"accepted":(\d{1,6})\}$/.exec(body)?.[1];
  if (amount === undefined) return 'it is';
  return `${count(Number(amount), 'event')} ${amount === '1' ? 'is' : 'are'}`;
}
