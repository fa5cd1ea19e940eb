import type { CompiledMapping } from '../../lambda/mapping/index.ts';
import { createIdNumbers } from '../ledger/id-numbers.ts';
import type { IdNumbers } from '../ledger/id-numbers.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import type { ReplayRecord } from '../ledger/replay-record.ts';
import { millisecondsOf } from './fate-lines.ts';
import type { FateLine } from './fate-lines.ts';
import { isOfCustomer, matchesLine } from './filter.ts';
import type { RootFilter } from './filter.ts';
import { createHistories } from './histories.ts';
import type { Histories } from './histories.ts';
import { judge } from './judge.ts';
import type { OpenRoot, OpenRoots } from './open-roots.ts';
import type { Reading } from './reading.ts';
import { readReplayRecords } from './replay-records.ts';

/** The events that a command is about. */
export interface Selection {
  readonly open: OpenRoots;
  /** Replayed before, and not come back since; so left alone. */
  readonly replayed: number;
  /** Of the archive's, those that no mapping matches today either. */
  readonly stillFiltered: number;
  /** Open by the quarantine alone, and ended well by the archive; each with the message that did. */
  readonly closed: readonly Pick<ReplayRecord, 'root' | 'sqsMessageId'>[];
}

/** The clocks of SQS and of the functions may differ by so much, in milliseconds. */
const CLOCKS_MS = 10 * 60_000;
const EVERYTHING = { from: 0, to: Number.POSITIVE_INFINITY };

/** The open events of the quarantine. Reads all of it, as a later line may have closed an earlier one. */
export async function selectQuarantined(reading: Reading, filter: RootFilter, mappings: readonly CompiledMapping[]): Promise<Selection> {
  const histories = createHistories();
  const ofCustomer = createIdNumbers();
  for await (const entry of reading.lines({ prefixes: ['quarantine'], ...EVERYTHING })) {
    histories.addLine(entry.line, entry.key);
    if (filter.customer !== undefined && belongsTo(filter.customer, entry, mappings, reading)) ofCustomer.add(rootOf(entry.line));
  }
  for await (const record of readReplayRecords(reading.operator, EVERYTHING.from, reading.onDamaged)) histories.addReplay(record);
  const isSelected = ({ root, line }: OpenRoot): boolean => matchesLine(line, filter) && (filter.customer === undefined || ofCustomer.find(root) !== undefined);
  return { open: histories.open('quarantined', isSelected), replayed: histories.replayed('quarantined'), stillFiltered: 0, closed: [] };
}

/** The filtered events of the archive that a mapping matches today. */
export async function selectFiltered(reading: Reading, filter: RootFilter, mappings: readonly CompiledMapping[]): Promise<Selection> {
  const candidates = createCandidates();
  let stillFiltered = 0;
  const { from = EVERYTHING.from, to = EVERYTHING.to } = filter;
  for await (const entry of reading.lines({ prefixes: ['archive'], from, to })) {
    if (entry.line.fate !== 'filtered' || (filter.customer !== undefined && !belongsTo(filter.customer, entry, mappings, reading))) continue;
    if (judgeFirst(entry, mappings, reading).outcome.kind === 'filtered') stillFiltered += 1;
    else candidates.add(rootOf(entry.line), entry.line);
  }
  const selected = await withHistory(reading, candidates);
  return { open: selected.open('filtered'), replayed: selected.replayed('filtered'), stillFiltered, closed: [] };
}

/**
 * The same events with everything the ledger ever said of them: an event may have been delivered a second way, and so a
 * part of it that the quarantine knows nothing of.
 */
export async function completeQuarantined(reading: Reading, selection: Selection): Promise<Selection> {
  const candidates = createCandidates();
  for (const { root, line } of selection.open) candidates.add(root, line);
  const histories = await withHistory(reading, candidates);
  return { ...selection, open: histories.open('quarantined'), closed: [...histories.closed()] };
}

/** Events of which the history is wanted. */
interface Candidates {
  add(root: string, line: Pick<FateLine, 'at' | 'acceptedAt'>): void;
  readonly roots: IdNumbers;
  /** When the first of them was accepted, or settled by an earlier clock, epoch milliseconds. */
  earliest(): number;
}

function createCandidates(): Candidates {
  const roots = createIdNumbers();
  let earliest = Number.POSITIVE_INFINITY;
  return {
    roots,
    earliest: () => earliest,
    add(root, { at, acceptedAt }) {
      roots.add(root);
      earliest = Math.min(earliest, millisecondsOf(at), millisecondsOf(acceptedAt));
    },
  };
}

async function withHistory(reading: Reading, { roots, earliest }: Candidates): Promise<Histories> {
  const histories = createHistories();
  if (roots.size() === 0) return histories;
  // Nothing became of an event before it was accepted.
  const from = Math.max(0, earliest() - CLOCKS_MS);
  for await (const { line, key } of reading.lines({ prefixes: ['archive', 'quarantine'], from, to: EVERYTHING.to }, roots)) {
    if (roots.find(rootOf(line)) !== undefined) histories.addLine(line, key);
  }
  for await (const record of readReplayRecords(reading.operator, EVERYTHING.from, reading.onDamaged)) {
    if (roots.find(record.root) !== undefined) histories.addReplay(record);
  }
  return histories;
}

function belongsTo(customer: string, entry: LedgerEntry, mappings: readonly CompiledMapping[], reading: Reading): boolean {
  return isOfCustomer(customer, judgeFirst(entry, mappings, reading).usage, eventOf(entry));
}

/** As if nothing had been delivered: it is only looked at. */
function judgeFirst(entry: LedgerEntry, mappings: readonly CompiledMapping[], { io }: Reading): ReturnType<typeof judge> {
  return judge(entry, { root: rootOf(entry.line), delivered: [] }, mappings, io.now());
}

function eventOf({ line, eventText }: LedgerEntry): unknown {
  if (line.eventEncoding === 'base64') return undefined;
  try {
    return JSON.parse(eventText);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
