import type { Fate, Fault, ReturnCause, Verdict } from './fate.ts';
import type { QueuedEvent } from './record.ts';
import { messageIdIn } from './route.ts';
import type { ReadyUsage, Route, Usage } from './route.ts';
import { RETRY_EXPIRES_MS } from '../limits.ts';

/** A usage event's part in the ledger line. */
export interface SettledUsage {
  readonly mapping: string;
  readonly transactionId: string | undefined;
  readonly verdict: 'delivered' | 'quarantined' | 'returned';
  readonly status?: number;
  readonly fault?: Fault;
  /** Delivered on an earlier way of the event, and not sent again. */
  readonly before?: true;
}

/** An event, as far as it was read. */
export interface ReadEvent {
  readonly queued: QueuedEvent;
  /** Segment's. */
  readonly messageId: string | undefined;
  /** True only if the body was parsed: the ledger may then hold it as JSON. */
  readonly isJson: boolean;
}

/** An event with its fate. */
export interface Settled extends ReadEvent {
  readonly fate: Fate;
  readonly usage: readonly SettledUsage[];
}

/**
 * An event's fate from the verdicts on its usage events: delivered if all are, returned if any is undecided, else
 * quarantined. What would return once more after 12 days is quarantined while it can still be replayed.
 * @param verdicts each refusal among them is proven to be the event's own fault
 * @param now epoch milliseconds
 */
export function settle(queued: QueuedEvent, route: Route, verdicts: ReadonlyMap<ReadyUsage, Verdict>, now: number): Settled {
  const read: ReadEvent = { queued, messageId: route.messageId, isJson: route.isJson };
  const before = deliveredBefore(queued);
  if (route.kind === 'filtered') return { ...read, fate: { kind: 'filtered' }, usage: before };
  if (route.kind === 'faulty') return { ...read, fate: { kind: 'quarantined', ...route.fault }, usage: before };
  const settledUsage = route.usage.map((usage) => settleUsage(usage, verdicts));
  const usage = [...before, ...settledUsage.map(({ settled }) => settled)];
  const cause = settledUsage.find((one) => one.cause !== undefined)?.cause;
  if (cause !== undefined) return returned(read, cause, now, usage);
  const fault = usage.find((one) => one.fault !== undefined)?.fault;
  return { ...read, fate: fault === undefined ? { kind: 'delivered' } : { kind: 'quarantined', ...fault }, usage };
}

/** An event of which nothing is known but that it is in the queue. */
export function unread(queued: QueuedEvent): ReadEvent {
  return { queued, messageId: undefined, isJson: false };
}

/**
 * An event that goes back whatever it holds, unless it has done so for 12 days.
 * @param now epoch milliseconds
 */
export function returned(read: ReadEvent, cause: ReturnCause, now: number, usage = deliveredBefore(read.queued)): Settled {
  if (now - read.queued.sentAt <= RETRY_EXPIRES_MS) return { ...read, fate: { kind: 'returned', cause }, usage };
  const detail = `After 12 days of retries the event still could not be delivered (${cause}). The quarantine keeps it.`;
  // It may never have been mapped; people search the ledger by this id all the same.
  const messageId = read.messageId ?? messageIdIn(read.queued.text);
  return { ...read, messageId, fate: { kind: 'quarantined', reason: 'retry_expired', detail }, usage };
}

/** Said in every line of a replayed event, so that each line alone tells what must never be sent again. */
function deliveredBefore({ replay }: QueuedEvent): readonly SettledUsage[] {
  return (replay?.delivered ?? []).map(({ mapping, transactionId }) => ({ mapping, transactionId, verdict: 'delivered', before: true }));
}

function settleUsage(usage: Usage, verdicts: ReadonlyMap<ReadyUsage, Verdict>): { settled: SettledUsage; cause?: ReturnCause } {
  const { mapping, transactionId } = usage;
  if (usage.kind === 'faulty') return { settled: { mapping, transactionId, verdict: 'quarantined', fault: usage.fault } };
  // Nothing said of it, so nothing is proven: it counts as returned.
  const verdict: Verdict = verdicts.get(usage) ?? { kind: 'returned', cause: 'internal' };
  switch (verdict.kind) {
    case 'delivered':
      return { settled: { mapping, transactionId, verdict: 'delivered', status: verdict.status } };
    case 'returned':
      return { settled: { mapping, transactionId, verdict: 'returned', status: verdict.status }, cause: verdict.cause };
    case 'refused': {
      const { status } = verdict;
      const fault: Fault = { reason: 'refused_by_metronome', detail: verdict.detail };
      return { settled: { mapping, transactionId, verdict: 'quarantined', status, fault } };
    }
  }
}
