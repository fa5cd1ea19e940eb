import { isUtf8 } from 'node:buffer';

import type { Fault } from '../../lambda/forward/fate.ts';
import type { QueuedEvent } from '../../lambda/forward/record.ts';
import { route } from '../../lambda/forward/route.ts';
import type { Usage } from '../../lambda/forward/route.ts';
import { SQS_MAX_BYTES } from '../../lambda/limits.ts';
import type { CompiledMapping } from '../../lambda/mapping/index.ts';
import { bytesOf, DELIVERED, messageBytes, REPLAY_OF, toMessage } from '../../lambda/message.ts';
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
  /** All that the mappings of today make of it was delivered before, and something else of it was not. */
  | { readonly kind: 'nothing_left'; readonly detail: string }
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

/** What is known of an event that may be sent again. */
export interface Candidate extends Pick<OpenRoot, 'root' | 'delivered' | 'failed'> {
  /** The id that its replay gets; none if it is only looked at. */
  readonly replayId?: string | undefined;
  /** The operator has said that no mapping is a delivered one under another name. */
  readonly nothingRenamed?: true | undefined;
}

/**
 * Judges a replay by forward's own code, the guard against old events included.
 * @param now epoch milliseconds
 */
export function judge(read: ReadLine, { root, delivered, failed, replayId, nothingRenamed }: Candidate, mappings: readonly CompiledMapping[], now: number): Judgement {
  const undelivered = failed.filter((name) => !delivered.some(({ mapping }) => mapping === name));
  const message: QueueMessage = { ...toMessage(eventBytes(read), read.line.acceptedAt), replay: { of: root, delivered, undelivered: delivered.length === 0 || undelivered.length === 0 ? undefined : undelivered, id: replayId, nothingRenamed } };
  const refusal = refusalOf(read, message);
  if (refusal !== undefined) return { outcome: { kind: 'refused', detail: refusal }, usage: [], message };
  const way = route(queuedAs(message, now), mappings, now);
  if (way.kind === 'filtered') return { outcome: { kind: 'filtered' }, usage: [], message };
  if (way.kind === 'faulty') return { outcome: faultOutcome(way.fault), usage: [], message };
  return { outcome: usageOutcome(way.usage, undelivered), usage: way.usage, message };
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

function usageOutcome(usage: readonly Usage[], undelivered: readonly string[]): Outcome {
  const faults = usage.flatMap((one) => (one.kind === 'faulty' ? [one.fault] : []));
  const renamed = faults.find(({ field }) => field === DELIVERED);
  if (renamed !== undefined) return { kind: 'refused', detail: `${renamed.detail} If it is not, --nothing-renamed says so.` };
  const [fault] = faults;
  if (usage.length === 0 && undelivered.length > 0) {
    const names = undelivered.map((name) => `"${name}"`).join(', ');
    return { kind: 'nothing_left', detail: `What the mappings make of it was delivered before, so nothing would be sent; ${names} was not delivered.` };
  }
  if (fault === undefined) return { kind: 'delivered' };
  if (faults.length < usage.length) return { kind: 'delivered_in_part', fault };
  return faultOutcome(faults.find(({ reason }) => reason !== 'timestamp_too_old') ?? fault);
}

function faultOutcome(fault: Fault): Outcome {
  return { kind: fault.reason === 'timestamp_too_old' ? 'too_old' : 'quarantined', fault };
}
