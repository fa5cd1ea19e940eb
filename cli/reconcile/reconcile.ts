import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { planLedger } from '../ledger/plan-ledger.ts';
import type { LedgerPlan } from '../ledger/plan-ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { announce, minuteText, shown } from '../ledger/reading.ts';
import { withOperator } from '../operator/open-operator.ts';
import type { Operator, OperatorOptions } from '../operator/operator.ts';
import { operatorFlags } from '../operator/options.ts';
import { queueCounts } from '../operator/queue-counts.ts';
import { acceptedSource } from './accepted-source.ts';
import type { AcceptedSource } from './accepted.ts';
import { balanceOf } from './balance.ts';
import { openBooks } from './books.ts';
import type { Books } from './books.ts';
import { DAY_MS } from './day.ts';
import type { Day } from './day.ts';
import type { Reconciled } from './reconciled.ts';
import { reconciledJson, reconciledText } from './report.ts';

/** What `bridge reconcile` is asked to do. */
export interface ReconcileOptions extends OperatorOptions {
  readonly day: Day;
  readonly json?: boolean | undefined;
}

/** An event settled within this time after its day's end needs no second reading, in milliseconds. */
const SOON_MS = 60 * 60_000;

/**
 * Checks that every event of a day that was accepted has a fate, or waits for one.
 * @throws OperatorError if the bridge can't be reached
 */
export async function reconcile(options: ReconcileOptions, io: Io): Promise<ExitStatus> {
  const reconciled = await withOperator(options, io, (operator) => reconcileWith(operator, options.day, acceptedSource(operator), io));
  await io.stdout.write(options.json === true ? reconciledJson(reconciled) : reconciledText(reconciled, operatorFlags(options)));
  return reconciled.unexplained === 0 && reconciled.damaged.length + reconciled.billedTwice.length === 0 ? EXIT.fine : EXIT.foundProblems;
}

/** @param acceptedIn how many events were accepted in a range */
export async function reconcileWith(operator: Operator, asked: Day, acceptedIn: AcceptedSource, io: Io): Promise<Reconciled> {
  const now = io.now();
  const isAllDays = operator.localUrl !== undefined;
  const range = isAllDays ? { name: 'all days', from: 0, to: now } : { ...asked, to: Math.min(asked.to, now) };
  // First what was accepted and what waits: what is settled meanwhile can then only make less missing, never more.
  const accepted = await acceptedIn(range);
  const queue = await queueCounts(operator);
  const books = openBooks(range.from, range.to);
  const read = { objects: 0, bytes: 0, damaged: [] as string[] };
  for (const { from, to } of readings(range, now)) {
    const plan = await planLedger(operator, { prefixes: ['archive', 'quarantine'], from, to });
    await announce(operator, readingText(from, to), plan, io);
    read.damaged.push(...(await enterAll(operator, plan, books, io)));
    read.objects += plan.objects.length;
    read.bytes += plan.bytes;
    if (books.messages() >= accepted.total) break;
  }
  return { ...balanceOf(accepted, books, queue), day: isAllDays ? undefined : asked.name, name: operator.name, isUnderWay: isAllDays || now < asked.to, ...read };
}

/**
 * The parts of the ledger in which a day's events may stand, read one after the other until none is missing: an event may
 * be settled as late as two weeks after it was accepted. The last part has no end: it takes in what is being written.
 */
function* readings({ from, to }: Day, now: number): Generator<{ from: number; to: number }> {
  let next = from;
  for (let end = to + SOON_MS; next < now; end += DAY_MS) {
    yield { from: next, to: end < now ? end : Number.POSITIVE_INFINITY };
    next = end;
  }
}

function readingText(from: number, to: number): string {
  const start = from === 0 ? 'The whole ledger' : `The ledger from ${minuteText(from)}`;
  return Number.isFinite(to) ? `${start} to ${minuteText(to)}` : start;
}

async function enterAll(operator: Operator, plan: LedgerPlan, books: Books, io: Io): Promise<readonly string[]> {
  const { damaged } = await shown(operator, plan, io, async (options) => {
    for await (const { line } of readLedger(operator, { ...options, plan })) books.enter(line);
  });
  return damaged;
}
