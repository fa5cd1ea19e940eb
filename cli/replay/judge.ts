import { isUtf8 } from 'node:buffer';

import type { Fault } from '../../lambda/forward/fate.ts';
import type { QueuedEvent } from '../../lambda/forward/record.ts';
import { route } from '../../lambda/forward/route.ts';
import type { Usage } from '../../lambda/forward/route.ts';
import { SQS_MAX_BYTES } from '../../lambda/limits.ts';
import type { CompiledMapping } from '../../lambda/mapping/index.ts';
import { bytesOf, messageBytes, REPLAY_OF, toMessage } from '../../lambda/message.ts';
import type { QueueMessage } from '../../lambda/message.ts';
import { eventBytes } from '../ledger/ledger-line.ts';
import type { ReadLine } from '../ledger/ledger-line.ts';
import type { OpenRoot } from './open-roots.ts';

/** What a replay would come to with today's mappings, if Metronome takes what it is sent. */
export type Outcome =
  | { readonly kind: 'delivered' | 'filtered' }
  /** Something is delivered, and the event stays in the quarantine for the rest. */
  | { readonly kind: 'delivered_in_part'; readonly fault: Fault }
  | { readonly kind: 'quarantined' | 'too_old'; readonly fault: Fault }
  /** The bridge can't say safely what was billed before, or SQS doesn't take the message. */
  | { readonly kind: 'refused'; readonly detail: string };

export interface Judgement {
  readonly outcome: Outcome;
  /** What would be sent to Metronome, or set aside. */
  readonly usage: readonly Usage[];
  /** As it would go to the queue. */
  readonly message: QueueMessage;
}

const UNKNOWN_ORIGIN = 'It is a replay whose origin can\'t be read, so what of it was billed before is unknown; it is never sent again.';
const TOO_LARGE = 'With the list of what was delivered before, the message is over 1 MiB, more than SQS takes.';

/**
 * Judges a replay by forward's own code, the guard against old events included.
 * @param now epoch milliseconds
 */
export function judge(read: ReadLine, { root, delivered }: Pick<OpenRoot, 'root' | 'delivered'>, mappings: readonly CompiledMapping[], now: number): Judgement {
  const message: QueueMessage = { ...toMessage(eventBytes(read), read.line.acceptedAt), replay: { of: root, delivered } };
  const refusal = refusalOf(read, message);
  if (refusal !== undefined) return { outcome: { kind: 'refused', detail: refusal }, usage: [], message };
  const way = route(queuedAs(message, now), mappings, now);
  if (way.kind === 'filtered') return { outcome: { kind: 'filtered' }, usage: [], message };
  if (way.kind === 'faulty') return { outcome: faultOutcome(way.fault), usage: [], message };
  return { outcome: usageOutcome(way.usage), usage: way.usage, message };
}

function refusalOf({ line }: ReadLine, message: QueueMessage): string | undefined {
  if (line.field === REPLAY_OF) return UNKNOWN_ORIGIN;
  return messageBytes(message) > SQS_MAX_BYTES ? TOO_LARGE : undefined;
}

function queuedAs(message: QueueMessage, now: number): QueuedEvent {
  const { body, encoding, acceptedAt, replay } = message;
  const bytes = bytesOf(message);
  const text = isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  const accepted = Math.min(Date.parse(acceptedAt), now);
  return { sqsMessageId: '', receiptHandle: '', receiveCount: 1, firstReceivedAt: now, sentAt: now, acceptedAt: accepted, body, encoding, text, replay };
}

function usageOutcome(usage: readonly Usage[]): Outcome {
  const faults = usage.flatMap((one) => (one.kind === 'faulty' ? [one.fault] : []));
  const [fault] = faults;
  if (fault === undefined) return { kind: 'delivered' };
  if (faults.length < usage.length) return { kind: 'delivered_in_part', fault };
  return faultOutcome(faults.find(({ reason }) => reason !== 'timestamp_too_old') ?? fault);
}

function faultOutcome(fault: Fault): Outcome {
  return { kind: fault.reason === 'timestamp_too_old' ? 'too_old' : 'quarantined', fault };
}
