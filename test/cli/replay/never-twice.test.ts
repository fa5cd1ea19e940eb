import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { readLedgerLine } from '../../../cli/ledger/ledger-line.ts';
import type { ReadLine } from '../../../cli/ledger/ledger-line.ts';
import type { ReplayRecord } from '../../../cli/ledger/replay-record.ts';
import { createHistories } from '../../../cli/replay/histories.ts';
import type { Histories } from '../../../cli/replay/histories.ts';
import { judge } from '../../../cli/replay/judge.ts';
import type { OpenRoot } from '../../../cli/replay/open-roots.ts';
import { FROM_QUARANTINE } from '../../../cli/replay/sources.ts';
import { openBooks } from '../../../cli/reconcile/books.ts';
import { journeyOf } from '../../../cli/trace/journey.ts';
import type { Verdict } from '../../../lambda/forward/fate.ts';
import { ledgerLine } from '../../../lambda/forward/ledger-line.ts';
import { queuedEvent } from '../../../lambda/forward/record.ts';
import { route } from '../../../lambda/forward/route.ts';
import type { ReadyUsage } from '../../../lambda/forward/route.ts';
import { settle } from '../../../lambda/forward/settle.ts';
import { compileMappings } from '../../../lambda/mapping/index.ts';
import type { CompiledMapping } from '../../../lambda/mapping/index.ts';
import { messageAttributes, toMessage } from '../../../lambda/message.ts';
import type { QueueMessage } from '../../../lambda/message.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { DEFAULT_MAPPING, NOW, recordOf } from '../../lambda/forward/factories.ts';

const MINUTE_MS = 60_000;
const ROOTS = ['m0', 'm1', 'm2'];

/** What happens next to the bridge. */
type Step =
  /** A message is handled; each usage event's answer comes from `answers`. `stays`: it isn't deleted, whatever its fate. */
  | { readonly kind: 'forward'; readonly pick: number; readonly answers: readonly Verdict['kind'][]; readonly stays: boolean }
  /** A run reads what is open. */
  | { readonly kind: 'select'; readonly run: number }
  /** A run sends what it found, which may be long ago. `killed`: before it knows the messages' ids. */
  | { readonly kind: 'send'; readonly run: number; readonly killed: boolean; readonly filtered: boolean }
  /** A message that waits becomes a dead letter and is put back, under a new id. */
  | { readonly kind: 'redrive'; readonly pick: number }
  | { readonly kind: 'deploy'; readonly mappings: number };

const SUFFIXED = (prefix: string) => ({ '@template': `${prefix}-{{messageId}}` });
const MISSING = { '@path': '$.nowhere' };

interface Entry {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** What is billed by it, whatever the mapping is called and its ids are. */
  readonly bills: 'usage' | 'seats' | 'storage';
}

const entry = (name: string, bills: Entry['bills'], fields: Entry['fields']): Entry => ({ name, bills, fields: { ...fields, event_type: { '@template': bills } } });
/** Ids, names and faults change from one to the next, and what a name stands for. */
const DEPLOYMENTS: readonly (readonly Entry[])[] = [
  [entry('A', 'usage', { transaction_id: SUFFIXED('a') }), entry('B', 'seats', { transaction_id: SUFFIXED('b'), customer_id: MISSING })],
  [entry('A', 'usage', { transaction_id: SUFFIXED('a') }), entry('B', 'seats', { transaction_id: SUFFIXED('b') })],
  [entry('A', 'usage', { transaction_id: SUFFIXED('new') }), entry('B', 'seats', { transaction_id: SUFFIXED('b') })],
  [entry('A2', 'usage', { transaction_id: SUFFIXED('a') }), entry('B', 'seats', { transaction_id: SUFFIXED('b') })],
  [entry('A3', 'usage', { transaction_id: SUFFIXED('third') }), entry('B', 'seats', { transaction_id: SUFFIXED('b') })],
  [entry('A3', 'usage', { transaction_id: SUFFIXED('third') }), entry('B3', 'seats', { transaction_id: SUFFIXED('b3') })],
  [entry('B', 'seats', { transaction_id: SUFFIXED('b') })],
  [entry('A', 'seats', { transaction_id: SUFFIXED('seats') })],
  [entry('A', 'usage', { transaction_id: SUFFIXED('eighth') }), entry('B', 'seats', { transaction_id: SUFFIXED('a') }), entry('C', 'storage', { customer_id: MISSING })],
  [entry('A', 'usage', { customer_id: MISSING }), entry('B', 'seats', { customer_id: MISSING })],
  [],
];
const COMPILED: readonly (readonly CompiledMapping[])[] = DEPLOYMENTS.map(
  (entries) => compileMappings(JSON.stringify({ mappings: entries.map(({ name, fields }) => ({ name, trigger: 'type = "track"', mapping: { ...DEFAULT_MAPPING, ...fields } })) })).mappings,
);
const ALL_GOOD = 1;

interface Waiting {
  readonly id: string;
  readonly message: QueueMessage;
}

interface Sale {
  readonly root: string;
  readonly bills: string;
  readonly transactionId: string;
  readonly message: string;
}

/** The bridge, with forward's and the tool's own code around a queue and a ledger in memory. */
function world() {
  const queue: Waiting[] = ROOTS.map((id) => ({ id, message: toMessage(Buffer.from(JSON.stringify(trackEvent(id, {}, NOW))), new Date(NOW).toISOString()) }));
  const ledger: ReadLine[] = [];
  const records: ReplayRecord[] = [];
  /** What each run found, and how much was recorded by then. */
  const runs = new Map<number, { readonly open: readonly OpenRoot[]; readonly recorded: number }>();
  const sales: Sale[] = [];
  let deployed = 0;
  let now = NOW;
  let ids = 0;

  const rootOf = ({ id, message }: Waiting): string => message.replay?.of ?? id;
  const newId = (prefix: string): string => {
    ids += 1;
    return `${prefix}${ids}`;
  };

  function forward({ pick, answers, stays }: Extract<Step, { kind: 'forward' }>): void {
    const one = queue[pick % Math.max(1, queue.length)];
    if (one === undefined) return;
    const attributes = Object.entries(messageAttributes(one.message)).map(([name, { StringValue }]) => [name, { dataType: 'String', stringValue: StringValue }]);
    const queued = queuedEvent(recordOf({ messageId: one.id, body: one.message.body, messageAttributes: Object.fromEntries(attributes) }), now);
    const way = route(queued, COMPILED[deployed] ?? [], now);
    const ready = way.kind === 'usage' ? way.usage.filter((usage): usage is ReadyUsage => usage.kind === 'ready') : [];
    const verdicts = new Map(ready.map((usage, index) => [usage, verdictOf(answers[index] ?? 'delivered')]));
    for (const [{ transactionId, json }, { kind }] of verdicts) {
      if (kind === 'delivered') sales.push({ root: rootOf(one), bills: String(JSON.parse(json).event_type), transactionId, message: one.message.replay?.id ?? one.id });
    }
    const settled = settle(queued, way, verdicts, now);
    const isPartly = settled.fate.kind === 'returned' && settled.usage.some(({ verdict, before }) => verdict === 'delivered' && before === undefined);
    const line = readLedgerLine(ledgerLine(settled, 'v', now));
    if (line !== undefined && (settled.fate.kind !== 'returned' || isPartly)) ledger.push(line);
    if (settled.fate.kind !== 'returned' && !stays) queue.splice(queue.indexOf(one), 1);
  }

  function read(): Histories {
    const histories = createHistories();
    for (const { line } of ledger) histories.addLine(line);
    for (const record of records) histories.addReplay(record);
    return histories;
  }

  function select(run: number): void {
    runs.set(run, { open: [...read().open('quarantined')], recorded: records.length });
  }

  /** By the rule of claims: what another run has recorded since this one began is left to it. */
  function send({ run, killed, filtered }: Extract<Step, { kind: 'send' }>): void {
    const { open, recorded } = runs.get(run) ?? { open: [], recorded: 0 };
    runs.delete(run);
    const taken = new Set(records.slice(recorded).map(({ root }) => root));
    for (const one of open.filter(({ root }) => !taken.has(root))) {
      const replayId = newId('r');
      const { outcome, message } = judge(lineOf(one), { ...one, replayId }, COMPILED[deployed] ?? [], now);
      if (!FROM_QUARANTINE.sends(outcome.kind, { filtered })) continue;
      const waiting = { id: newId('n'), message };
      queue.push(waiting);
      records.push({ at: new Date(now).toISOString(), root: one.root, replayId, sqsMessageId: killed ? undefined : waiting.id });
    }
  }

  function lineOf({ line }: OpenRoot): ReadLine {
    const found = ledger.find((one) => one.line.at === line.at && one.line.sqsMessageId === line.sqsMessageId);
    if (found === undefined) throw new TypeError('no line');
    return found;
  }

  function redrive({ pick }: Extract<Step, { kind: 'redrive' }>): void {
    const index = pick % Math.max(1, queue.length);
    const one = queue[index];
    // A first message that is put back would become a root of its own.
    if (one?.message.replay !== undefined) queue[index] = { ...one, id: newId('moved') };
  }

  return {
    step(step: Step): void {
      now += MINUTE_MS;
      if (step.kind === 'forward') forward(step);
      if (step.kind === 'select') select(step.run);
      if (step.kind === 'send') send(step);
      if (step.kind === 'redrive') redrive(step);
      if (step.kind === 'deploy') deployed = step.mappings % DEPLOYMENTS.length;
    },
    replays: () => records.length,
    waiting: () => queue.length,
    /** What was billed by two messages, under different ids: the same id is billed once by Metronome. */
    billedTwice: () => sales.filter((one) => sales.some((other) => other.root === one.root && other.bills === one.bills && other.message !== one.message && other.transactionId !== one.transactionId)),
    /** Events that are neither in the queue, nor open, nor ended well. */
    lostFromSight(): readonly string[] {
      const histories = read();
      return ROOTS.filter((root) => {
        const fate = histories.fateOf(root);
        const isQueued = queue.some((one) => rootOf(one) === root);
        return !isQueued && fate !== 'delivered' && fate !== 'filtered' && histories.open('quarantined').find(root) === undefined;
      });
    },
    /** Why a replay would leave open ones where they are. */
    openReasons: () =>
      [...read().open('quarantined')].map((open) => {
        const { outcome } = judge(lineOf(open), open, COMPILED[deployed] ?? [], now);
        return 'fault' in outcome ? outcome.fault.reason : outcome.kind;
      }),
    /** What each part of the tool says became of each event. */
    opinions(): readonly (readonly (string | undefined)[])[] {
      const histories = read();
      return ROOTS.map((root) => {
        const own = ledger.filter(({ line }) => (line.replayOf ?? line.sqsMessageId) === root);
        const books = openBooks(0, Number.POSITIVE_INFINITY);
        for (const { line } of own) books.enter(line);
        const entered = Object.entries(books.fates()).find(([, amount]) => amount > 0)?.[0];
        const last = journeyOf(root, { entries: own.map(({ line, eventText }) => ({ prefix: 'quarantine', key: '', text: '', line, eventText })), replays: [] }).last?.fate;
        return [histories.fateOf(root), entered, last === 'returned' ? undefined : last];
      });
    },
  };
}

function verdictOf(kind: Verdict['kind']): Verdict {
  if (kind === 'delivered') return { kind, status: 200 };
  return kind === 'refused' ? { kind, status: 400, detail: 'refused' } : { kind, cause: 'rate_limited', status: 429 };
}

const answers = fc.array(fc.constantFrom('delivered', 'refused', 'returned' as const), { maxLength: 3 });
const runNumber = fc.nat(1);
const sending = { kind: fc.constant('send' as const), killed: fc.boolean(), filtered: fc.boolean() };
/** A run that sends what it found at once. */
const whole = fc.tuple(runNumber, fc.record(sending)).map(([run, send]): readonly Step[] => [{ kind: 'select', run }, { ...send, run }]);
const alone = <T extends Step>(step: fc.Arbitrary<T>): fc.Arbitrary<readonly Step[]> => step.map((one) => [one]);
const forwards = (stays: fc.Arbitrary<boolean>) => fc.record({ kind: fc.constant('forward' as const), pick: fc.nat(9), answers, stays });

/** @param stays whether the queue may hand out a message once more although its way has ended */
function scripts(stays: fc.Arbitrary<boolean>, maxLength: number): fc.Arbitrary<readonly Step[]> {
  const step = fc.oneof(
    { weight: 6, arbitrary: alone(forwards(stays)) },
    { weight: 4, arbitrary: whole },
    { weight: 1, arbitrary: alone(fc.record({ kind: fc.constant('select' as const), run: runNumber })) },
    { weight: 1, arbitrary: alone(fc.record({ ...sending, run: runNumber })) },
    { weight: 1, arbitrary: alone(fc.record({ kind: fc.constant('redrive' as const), pick: fc.nat(9) })) },
    { weight: 3, arbitrary: alone(fc.record({ kind: fc.constant('deploy' as const), mappings: fc.nat(20) })) },
  );
  return fc.array(step, { minLength: 10, maxLength }).map((parts) => parts.flat());
}

function played(script: readonly Step[]): ReturnType<typeof world> {
  const bridge = world();
  for (const step of script) bridge.step(step);
  return bridge;
}

describe('a replay', () => {
  it('never bills twice, whatever becomes of mappings, runs and messages meanwhile', () => {
    let replays = 0;
    fc.assert(
      fc.property(scripts(fc.constant(false), 40), (script) => {
        const bridge = played(script);

        expect(bridge.billedTwice()).toEqual([]);
        replays += bridge.replays();
      }),
      { numRuns: 2_000 },
    );
    expect(replays).toBeGreaterThan(1_500);
  });

  it('loses nothing from sight', () => {
    fc.assert(
      fc.property(scripts(fc.boolean(), 40), (script) => {
        expect(played(script).lostFromSight()).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is judged by the same rule everywhere', () => {
    fc.assert(
      fc.property(scripts(fc.boolean(), 40), (script) => {
        for (const [one, ...others] of played(script).opinions()) expect(others).toEqual([one, one]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves nothing open, but what only a person can tell, once the mappings are right and Metronome takes all', () => {
    const unsafe: ReadonlySet<string> = new Set(['duplicate_transaction_id', 'refused', 'nothing_left']);
    fc.assert(
      fc.property(scripts(fc.boolean(), 25), (script) => {
        const bridge = played(script);
        bridge.step({ kind: 'deploy', mappings: ALL_GOOD });
        for (let round = 0; round < 4; round += 1) {
          while (bridge.waiting() > 0) bridge.step({ kind: 'forward', pick: 0, answers: [], stays: false });
          bridge.step({ kind: 'select', run: 0 });
          bridge.step({ kind: 'send', run: 0, killed: false, filtered: false });
        }
        while (bridge.waiting() > 0) bridge.step({ kind: 'forward', pick: 0, answers: [], stays: false });

        expect(bridge.openReasons().filter((reason) => !unsafe.has(reason))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
