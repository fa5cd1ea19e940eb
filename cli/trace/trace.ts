import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { jsonLines } from '../json-text.ts';
import { planLedger } from '../ledger/plan-ledger.ts';
import type { LedgerPlan } from '../ledger/plan-ledger.ts';
import { announce, shown } from '../ledger/reading.ts';
import { withOperator } from '../operator/open-operator.ts';
import type { Operator, OperatorOptions } from '../operator/operator.ts';
import { queueCounts } from '../operator/queue-counts.ts';
import type { QueueCounts } from '../operator/queue-counts.ts';
import { count, printable, visible, wrap } from '../text.ts';
import { findEvent } from './find.ts';
import type { Search } from './find.ts';
import { journeysOf } from './journey.ts';
import type { Journey } from './journey.ts';
import { journeysText } from './text-report.ts';
import { MAX_HOURS, windowOf, windowText } from './window.ts';
import type { Window } from './window.ts';

/** What `bridge trace` is asked to do. */
export interface TraceOptions extends OperatorOptions {
  /** Segment's messageId, a transaction_id, or an SQS message id. */
  readonly id: string;
  /** Epoch milliseconds; undefined for now. */
  readonly around?: number | undefined;
  readonly hours: number;
  readonly json?: boolean | undefined;
}

interface Traced {
  readonly id: string;
  readonly window: Window;
  readonly plan: LedgerPlan;
  readonly journeys: readonly Journey[];
  readonly damaged: readonly string[];
  /** Asked only if nothing was found: the event may wait there. */
  readonly queue: QueueCounts | undefined;
}

/**
 * Shows the whole way of one event.
 * @throws OperatorError if the bridge can't be reached
 */
export async function trace(options: TraceOptions, io: Io): Promise<ExitStatus> {
  const traced = await withOperator(options, io, (operator) => traceWith(operator, options, io));
  await io.stdout.write(options.json === true ? tracedJson(traced) : tracedText(traced, options));
  return traced.journeys.length > 0 && traced.journeys.every(({ billedTwice }) => billedTwice.length === 0) ? EXIT.fine : EXIT.foundProblems;
}

async function traceWith(operator: Operator, { id, around, hours }: TraceOptions, io: Io): Promise<Traced> {
  const window = windowOf(around, hours, io.now());
  const plan = await planLedger(operator, { prefixes: ['archive', 'quarantine', 'replays'], ...window });
  await announce(operator, `The ledger from ${windowText(window)}`, plan, io);
  const damaged = new Set<string>();
  const read: Search['read'] = async (part, work) => {
    const { result, damaged: keys } = await shown(operator, part, io, work);
    for (const key of keys) damaged.add(key);
    return result;
  };
  const journeys = journeysOf(await findEvent(id, { bucket: operator, plan, read }));
  const queue = journeys.length > 0 ? undefined : await queueCounts(operator);
  return { id, window, plan, journeys, damaged: [...damaged], queue };
}

function tracedText(traced: Traced, options: TraceOptions): string {
  return traced.journeys.length > 0 ? journeysText(traced.journeys) : printable(`${notFoundText(traced, options)}\n`);
}

function notFoundText({ id, window, damaged, queue = { waiting: 0, deadLetters: 0 } }: Traced, { hours }: TraceOptions): string {
  const wider = Math.min(MAX_HOURS, hours * 7);
  const unread = damaged.length === 0 ? [] : [`It may be in what could not be read: ${count(damaged.length, 'object')}.`];
  const steps = [
    hours < MAX_HOURS ? `Look wider: --hours ${wider}, or --around the time it happened.` : 'Look at another time, with --around.',
    `It may not have a fate yet: ${count(queue.waiting, 'message')} in the queue, ${count(queue.deadLetters, 'dead letter')}.`,
    'If there is nothing of it at all, Segment has not sent it here: its delivery overview tells.',
    ...unread,
  ];
  return [wrap(`The ledger from ${windowText(window)} holds nothing of ${visible(id)}.`, ''), ...steps.map((step) => `- ${wrap(step, '  ').trimStart()}`)].join('\n');
}

/** The lines as they stand in the ledger, each with its object's key, and the summary last. */
function tracedJson({ id, window, plan, journeys, damaged, queue }: Traced): string {
  const lines = journeys.flatMap(({ steps }) => steps.map((step) => (step.kind === 'fate' ? step.entry : step.replay)));
  const events = journeys.map(({ root, last, isUnderWay, billed, billedTwice }) => ({ sqsMessageId: root, messageId: last?.messageId, acceptedAt: last?.acceptedAt, fate: last?.fate, isUnderWay, billed, billedTwice }));
  const range = { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() };
  const summary = { id, found: journeys.length > 0, ...range, objects: plan.objects.length, bytes: plan.bytes, damaged, queue, events };
  return lines.map(({ key, text }) => `{"key":${JSON.stringify(key)},${text.slice(1)}\n`).join('') + jsonLines([{ summary }]);
}
