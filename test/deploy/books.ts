import { isDeepStrictEqual } from 'node:util';

import type { LedgerLine } from '../../cli/ledger/ledger-line.ts';
import type { ScriptedMetronome } from './metronome.ts';
import { expectedUsage } from './planned-event.ts';
import type { PlannedEvent } from './planned-event.ts';
import { expectNone } from './step-failure.ts';

/** Every event that was sent so far, by messageId, with what has to have become of it by now. */
export type Books = Map<string, PlannedEvent>;

export function enter(books: Books, events: readonly PlannedEvent[]): void {
  for (const planned of events) books.set(planned.event.messageId, planned);
}

/**
 * What of these events is not as it has to be, in words; an event that isn't settled yet included.
 * @param fates the ledger's last word on each message, by messageId
 */
export function otherFates(planned: readonly PlannedEvent[], fates: ReadonlyMap<string, readonly LedgerLine[]>): readonly string[] {
  return planned.flatMap(({ event: { messageId }, fate, reason }) => {
    const lines = fates.get(messageId) ?? [];
    const wanted = `${fate}${reason === undefined ? '' : ` (${reason})`}`;
    if (lines.length === 0) return [`${messageId} has no fate instead of ${wanted}`];
    return lines.filter((line) => line.fate !== fate || (fate === 'quarantined' && line.reason !== reason)).map((line) => `${messageId} is ${line.fate}${line.reason === undefined ? '' : ` (${line.reason})`} instead of ${wanted}`);
  });
}

/** @throws StepFailure unless Metronome bills exactly the delivered events, each once and with its own content */
export function checkBilling(books: Books, { billed, changed }: Pick<ScriptedMetronome, 'billed' | 'changed'>): void {
  const delivered = [...books.values()].filter(({ fate }) => fate === 'delivered').map(({ event }) => event);
  const expected = new Set(delivered.map(({ messageId }) => messageId));
  expectNone('every delivered event to be in Metronome', [...expected].filter((id) => !billed.has(id)));
  expectNone('nothing else to be in Metronome', [...billed.keys()].filter((id) => !expected.has(id)));
  expectNone('each to be billed as it was sent', delivered.filter((event) => !isDeepStrictEqual(billed.get(event.messageId), expectedUsage(event))).map(({ messageId }) => messageId));
  expectNone('an event that is sent again to be the same', [...changed]);
}
