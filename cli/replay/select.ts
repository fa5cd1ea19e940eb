import type { CompiledMapping } from '../../lambda/mapping/index.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import { isOfCustomer, matchesLine } from './filter.ts';
import type { RootFilter } from './filter.ts';
import { createHistories } from './histories.ts';
import type { Histories, OpenRoot } from './histories.ts';
import { judge } from './judge.ts';
import type { Reading } from './reading.ts';
import { readReplayRecords } from './replay-records.ts';
import type { ReplayRecord } from '../ledger/replay-record.ts';

/** The events that a command is about. */
export interface Selection {
  readonly open: readonly OpenRoot[];
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
  const ofCustomer = new Set<string>();
  for await (const entry of reading.lines({ prefixes: ['quarantine'], ...EVERYTHING })) {
    histories.addLine(entry.line);
    if (filter.customer !== undefined && belongsTo(filter.customer, entry, mappings, reading)) ofCustomer.add(rootOf(entry.line));
  }
  for await (const record of readReplayRecords(reading.operator, EVERYTHING.from, reading.onDamaged)) histories.addReplay(record);
  const isSelected = ({ root, line }: OpenRoot): boolean => matchesLine(line, filter) && (filter.customer === undefined || ofCustomer.has(root));
  return { open: histories.open('quarantined').filter(isSelected), replayed: histories.replayed('quarantined'), stillFiltered: 0, closed: [] };
}

/** The filtered events of the archive that a mapping matches today. */
export async function selectFiltered(reading: Reading, filter: RootFilter, mappings: readonly CompiledMapping[]): Promise<Selection> {
  const candidates = new Map<string, LedgerLine>();
  let stillFiltered = 0;
  const { from = EVERYTHING.from, to = EVERYTHING.to } = filter;
  for await (const entry of reading.lines({ prefixes: ['archive'], from, to })) {
    if (entry.line.fate !== 'filtered' || (filter.customer !== undefined && !belongsTo(filter.customer, entry, mappings, reading))) continue;
    if (judgeFirst(entry, mappings, reading).outcome.kind === 'filtered') stillFiltered += 1;
    else candidates.set(rootOf(entry.line), entry.line);
  }
  const selected = await withHistory(reading, [...candidates].map(([root, line]) => ({ root, line })), ['archive', 'quarantine']);
  return { open: selected.open('filtered'), replayed: selected.replayed('filtered'), stillFiltered, closed: [] };
}

/**
 * The same events with everything the ledger ever said of them: an event may have been delivered a second way, and so a
 * part of it that the quarantine knows nothing of.
 */
export async function completeQuarantined(reading: Reading, selection: Selection): Promise<Selection> {
  const histories = await withHistory(reading, selection.open, ['archive', 'quarantine']);
  return { ...selection, open: histories.open('quarantined'), closed: histories.closed() };
}

async function withHistory(reading: Reading, events: readonly Pick<OpenRoot, 'root' | 'line'>[], prefixes: readonly ('archive' | 'quarantine')[]): Promise<Histories> {
  const histories = createHistories();
  if (events.length === 0) return histories;
  const roots = new Set(events.map(({ root }) => root));
  // Nothing became of an event before it was accepted.
  const from = Math.max(0, events.reduce((earliest, { line }) => Math.min(earliest, Date.parse(line.acceptedAt), Date.parse(line.at)), Number.POSITIVE_INFINITY) - CLOCKS_MS);
  for await (const { line } of reading.lines({ prefixes, from, to: EVERYTHING.to }, [...roots])) {
    if (roots.has(rootOf(line))) histories.addLine(line);
  }
  for await (const record of readReplayRecords(reading.operator, EVERYTHING.from, reading.onDamaged)) {
    if (roots.has(record.root)) histories.addReplay(record);
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
