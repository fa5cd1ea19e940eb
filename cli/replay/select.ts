import type { CompiledMapping } from '../../lambda/mapping/index.ts';
import { createIdNumbers } from '../ledger/id-numbers.ts';
import type { IdNumbers } from '../ledger/id-numbers.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import type { ReplayRecord } from '../ledger/replay-record.ts';
import { millisecondsOf } from '../ledger/standings.ts';
import type { FateLine } from './fate-lines.ts';
import { isOfCustomer, matchesLine } from './filter.ts';
import type { RootFilter } from './filter.ts';
import { createHistories } from './histories.ts';
import type { Histories, IsGivenUp } from './histories.ts';
import { judge } from './judge.ts';
import type { OpenRoot, OpenRoots } from './open-roots.ts';
import type { Reading } from './reading.ts';
import { readReplayRecords } from './replay-records.ts';
import { everything } from './unmatched.ts';
import type { Everything } from './unmatched.ts';

/** The events that a command is about. */
export interface Selection {
  readonly open: OpenRoots;
  /** Of those that match, how many were replayed before, and not come back since; so left alone. */
  readonly replayed: number;
  /** Of the archive's, those that no mapping matches today either. */
  readonly stillFiltered: number;
  /** Open by the quarantine alone, and ended well by the archive; each with the message that did. */
  readonly closed: readonly Pick<ReplayRecord, 'root' | 'sqsMessageId'>[];
  /** What there is whatever the filter says. */
  readonly everything: Everything;
}

/** The clocks of SQS, of the functions and of the operator may differ by so much, in milliseconds. */
export const CLOCKS_MS = 10 * 60_000;
const EVER = { from: 0, to: Number.POSITIVE_INFINITY };

/** All that the quarantine and the records of replays say, and which of it is meant. */
export interface Quarantine {
  readonly histories: Histories;
  readonly isSelected: (open: OpenRoot) => boolean;
  /** If an event has this id as its own, or Segment's. */
  readonly isNamed: (root: string) => boolean;
}

/**
 * Reads all of the quarantine, as a later line may have closed an earlier one.
 * @param id of one event, to be found by it
 */
export async function readQuarantine(reading: Reading, filter: RootFilter, mappings: readonly CompiledMapping[], id?: string): Promise<Quarantine> {
  const histories = createHistories();
  const [ofCustomer, named] = [createIdNumbers(), createIdNumbers()];
  for await (const entry of reading.lines({ prefixes: ['quarantine'], ...EVER })) {
    histories.addLine(entry.line, entry.key);
    const { messageId, sqsMessageId } = entry.line;
    if (id !== undefined && [messageId, sqsMessageId, rootOf(entry.line)].includes(id)) named.add(rootOf(entry.line));
    if (filter.customer !== undefined && belongsTo(filter.customer, entry, mappings, reading)) ofCustomer.add(rootOf(entry.line));
  }
  for await (const record of readReplayRecords(reading.operator, EVER.from, reading.onDamaged)) {
    histories.addReplay(record);
    if (id !== undefined && record.sqsMessageId === id) named.add(record.root);
  }
  const isSelected = ({ root, line }: OpenRoot): boolean => matchesLine(line, filter) && (filter.customer === undefined || ofCustomer.find(root) !== undefined);
  return { histories, isSelected, isNamed: (root) => named.find(root) !== undefined };
}

/** The open events of the quarantine. */
export async function selectQuarantined(reading: Reading, filter: RootFilter, mappings: readonly CompiledMapping[]): Promise<Selection> {
  const { histories, isSelected } = await readQuarantine(reading, filter, mappings);
  return { open: histories.open('quarantined', isSelected), replayed: histories.underWay('quarantined', isSelected).size, stillFiltered: 0, closed: [], everything: everything(histories.open('quarantined')) };
}

/** Which replayed events are given up, to be replayed once more. */
export interface Again {
  /** An event's id, or `all` that match. */
  readonly id: string;
  /** What was replayed before may have been delivered without a trace that is left, epoch milliseconds. */
  readonly knownFrom: number;
}

/** Events that were replayed, and have not come back. */
export async function selectAgain(reading: Reading, filter: RootFilter, mappings: readonly CompiledMapping[], { id, knownFrom }: Again): Promise<Selection> {
  const { histories, isSelected, isNamed } = await readQuarantine(reading, filter, mappings, id);
  const isKnown: IsGivenUp = (_, waiting) => waiting.every(({ at }) => at >= knownFrom);
  const isAsked = (open: OpenRoot): boolean => open.waiting.length > 0 && isSelected(open) && (id === 'all' || isNamed(open.root));
  const open = histories.open('quarantined', isAsked, isKnown);
  const left = histories.underWay('quarantined', isSelected).size - open.size;
  return { open, replayed: left, stillFiltered: 0, closed: [], everything: everything(histories.underWay('quarantined')) };
}

/** The filtered events of the archive that a mapping matches today. */
export async function selectFiltered(reading: Reading, filter: RootFilter, mappings: readonly CompiledMapping[]): Promise<Selection> {
  const [candidates, ofOthers] = [createCandidates(), createIdNumbers()];
  let stillFiltered = 0;
  const { from = EVER.from, to = EVER.to } = filter;
  for await (const entry of reading.lines({ prefixes: ['archive'], from, to })) {
    if (entry.line.fate !== 'filtered') continue;
    if (filter.customer !== undefined && !belongsTo(filter.customer, entry, mappings, reading)) ofOthers.add(rootOf(entry.line));
    else if (judgeFirst(entry, mappings, reading).outcome.kind === 'filtered') stillFiltered += 1;
    else candidates.add(rootOf(entry.line), entry.line);
  }
  const histories = await withHistory(reading, candidates);
  const all = { ...everything([]), events: ofOthers.size() };
  return { open: histories.open('filtered'), replayed: histories.underWay('filtered').size, stillFiltered, closed: [], everything: all };
}

/**
 * The same events with everything the ledger ever said of them: an event may have been delivered a second way, and so a
 * part of it that the quarantine knows nothing of.
 */
export async function completeQuarantined(reading: Reading, selection: Selection): Promise<Selection> {
  const candidates = createCandidates();
  for (const { root, line } of selection.open) candidates.add(root, line);
  const histories = await withHistory(reading, candidates);
  // Only what was given up then: another run may have sent it since.
  const isGivenUp: IsGivenUp = (root, waiting) => {
    const known = new Set(selection.open.find(root)?.waiting.map(({ key }) => key));
    return waiting.every(({ key }) => known.has(key));
  };
  return { ...selection, open: histories.open('quarantined', undefined, isGivenUp), closed: [...histories.closed()] };
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
  for await (const { line, key } of reading.lines({ prefixes: ['archive', 'quarantine'], from, to: EVER.to }, { ids: roots })) {
    if (roots.find(rootOf(line)) !== undefined) histories.addLine(line, key);
  }
  for await (const record of readReplayRecords(reading.operator, EVER.from, reading.onDamaged)) {
    if (roots.find(record.root) !== undefined) histories.addReplay(record);
  }
  return histories;
}

function belongsTo(customer: string, entry: LedgerEntry, mappings: readonly CompiledMapping[], reading: Reading): boolean {
  return isOfCustomer(customer, judgeFirst(entry, mappings, reading).usage, eventOf(entry));
}

/** As if nothing had been delivered: it is only looked at. */
function judgeFirst(entry: LedgerEntry, mappings: readonly CompiledMapping[], { io }: Reading): ReturnType<typeof judge> {
  return judge(entry, { root: rootOf(entry.line), delivered: [], failed: [] }, mappings, io.now());
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
