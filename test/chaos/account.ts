import { isDeepStrictEqual } from 'node:util';

import type { LocalState } from '../helpers/local-process.ts';
import type { PlannedEvent } from './planned-event.ts';
import type { LedgerFact } from './read-ledger.ts';

/** All that is known when a run is over. */
export interface Outcome {
  readonly events: readonly PlannedEvent[];
  /** What Metronome would bill, by transaction id. */
  readonly billed: ReadonlyMap<string, unknown>;
  readonly ledger: readonly LedgerFact[];
  /** Lines that the archive didn't take. */
  readonly refusedArchive: readonly LedgerFact[];
  /** Transaction ids that came to Metronome with different contents. */
  readonly changed: ReadonlySet<string>;
  readonly state: LocalState;
}

/** A promise that was broken, and by which events. */
export interface Violation {
  readonly promise: string;
  readonly ids: readonly string[];
}

type Fate = 'delivered' | 'filtered' | 'quarantined';

/** A `returned` line, of an event that was delivered in part so far, is no fate and ranks below all. */
const RANK: Readonly<Record<string, number>> = { delivered: 3, filtered: 2, quarantined: 1 };

/** Holds every event of a run to what the bridge promises. Empty if every promise was kept. */
export function violationsIn(outcome: Outcome): readonly Violation[] {
  const written = finalFates(outcome.ledger);
  // A delivered event stays delivered when the archive can't be written.
  const unwritten = outcome.refusedArchive.filter(({ sqsMessageId, fate }) => fate === 'delivered' && rankOf(written.get(sqsMessageId)) === 0);
  const fates = new Map([...written, ...unwritten.map((fact) => [fact.sqsMessageId, fact] as const)]);
  const found = [...billingProblems(outcome), ...fateProblems(outcome, fates), ...countProblems(outcome, fates)];
  return found.filter(({ ids }) => ids.length > 0);
}

function billingProblems({ events, billed, changed }: Outcome): readonly Violation[] {
  const expected = new Map(events.flatMap(({ usage }) => usage.map((one) => [one.transaction_id, one] as const)));
  const ids = [...expected.keys()];
  return [
    { promise: 'lost: not in Metronome', ids: ids.filter((id) => !billed.has(id)) },
    { promise: 'billed, and must not be', ids: [...billed.keys()].filter((id) => !expected.has(id)) },
    { promise: 'billed with other content', ids: ids.filter((id) => billed.has(id) && !isDeepStrictEqual(billed.get(id), expected.get(id))) },
    { promise: 'sent again with other content', ids: [...changed] },
  ];
}

/** One for each message: delivered beats filtered beats quarantined, and of two alike the later line counts. */
function finalFates(ledger: readonly LedgerFact[]): ReadonlyMap<string, LedgerFact> {
  const fates = new Map<string, LedgerFact>();
  for (const line of ledger.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    const before = fates.get(line.sqsMessageId);
    if (before === undefined || rankOf(line) >= rankOf(before)) fates.set(line.sqsMessageId, line);
  }
  return fates;
}

function rankOf(fact: LedgerFact | undefined): number {
  return RANK[fact?.fate ?? ''] ?? 0;
}

function fateProblems({ events }: Outcome, fates: ReadonlyMap<string, LedgerFact>): readonly Violation[] {
  const byEvent = Map.groupBy(fates.values(), ({ eventId }) => eventId);
  const planned = new Set(events.map(({ id }) => id));
  return [
    { promise: 'no fate in the ledger', ids: events.filter(({ id }) => !byEvent.has(id)).map(({ id }) => id) },
    { promise: 'another fate than its own', ids: events.flatMap((event) => (byEvent.get(event.id) ?? []).filter((fact) => !isOwnFate(fact, event)).map((fact) => describe(fact, event))) },
    { promise: 'delivered otherwise than the ledger tells', ids: events.filter((event) => byEvent.get(event.id)?.some((fact) => !tellsDeliveries(fact, event)) ?? false).map(({ id }) => id) },
    { promise: 'in the ledger, but never sent', ids: [...fates.values()].filter(({ eventId }) => eventId === undefined || !planned.has(eventId)).map(({ sqsMessageId }) => sqsMessageId) },
  ];
}

function isOwnFate({ fate, reason }: LedgerFact, event: PlannedEvent): boolean {
  return fate === event.fate && reason === event.reason;
}

/** A replay skips what the ledger calls delivered, and sends the rest. */
function tellsDeliveries({ delivered }: LedgerFact, { usage }: PlannedEvent): boolean {
  return isDeepStrictEqual([...delivered], usage.map(({ transaction_id }) => transaction_id));
}

function describe({ fate, reason }: LedgerFact, event: PlannedEvent): string {
  return `${event.id} is ${fate}${reason === undefined ? '' : ` (${reason})`} instead of ${event.fate}${event.reason === undefined ? '' : ` (${event.reason})`}`;
}

/** The counts people look at must say the same as the ledger. */
function countProblems({ state }: Outcome, fates: ReadonlyMap<string, LedgerFact>): readonly Violation[] {
  const byFate = Map.groupBy(fates.values(), ({ fate }) => fate);
  const countOf = (fate: Fate): number => byFate.get(fate)?.length ?? 0;
  const reasons = Map.groupBy(byFate.get('quarantined') ?? [], ({ reason }) => String(reason));
  const expected = {
    accepted: fates.size,
    fates: { delivered: countOf('delivered'), filtered: countOf('filtered'), quarantined: countOf('quarantined') },
    quarantine: Object.fromEntries([...reasons].map(([reason, facts]) => [reason, facts.length])),
    queue: { visible: 0, inFlight: 0, deadLetters: 0 },
  };
  const { accepted, fates: counted, quarantine, queue } = state;
  const isEqual = isDeepStrictEqual({ accepted, fates: { ...counted }, quarantine: { ...quarantine }, queue: { ...queue } }, expected);
  return [{ promise: 'counts of the state differ from the ledger', ids: isEqual ? [] : [`${JSON.stringify(state)} instead of ${JSON.stringify(expected)}`] }];
}
