import { createIdNumbers } from '../ledger/id-numbers.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import { millisecondsOf } from '../ledger/standings.ts';
import type { Reading } from '../replay/reading.ts';
import { readReplayRecords } from '../replay/replay-records.ts';
import { CLOCKS_MS } from '../replay/select.ts';
import { journeyOf } from '../trace/journey.ts';
import type { Journey, ReplayEntry } from '../trace/journey.ts';

/** The whole way of one event, of which a line is known: all of the ledger from when it was accepted on. */
export async function journeyOfRoot(reading: Reading, known: LedgerLine): Promise<Journey> {
  const root = rootOf(known);
  const ids = createIdNumbers();
  ids.add(root);
  const from = Math.max(0, Math.min(millisecondsOf(known.acceptedAt), millisecondsOf(known.at)) - CLOCKS_MS);
  const entries: LedgerEntry[] = [];
  for await (const entry of reading.lines({ prefixes: ['archive', 'quarantine'], from, to: Number.POSITIVE_INFINITY }, { ids })) {
    if (rootOf(entry.line) === root) entries.push(entry);
  }
  const replays: ReplayEntry[] = [];
  for await (const record of readReplayRecords(reading.operator, from, reading.onDamaged)) {
    if (record.root === root) replays.push({ key: '', text: '', record });
  }
  return journeyOf(root, { entries, replays });
}
