import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { readLedgerLine } from '../../../cli/ledger/ledger-line.ts';
import type { ReadLine } from '../../../cli/ledger/ledger-line.ts';
import { createHistories } from '../../../cli/replay/histories.ts';
import { judge } from '../../../cli/replay/judge.ts';
import type { ReplayRecord } from '../../../cli/ledger/replay-record.ts';
import { FROM_QUARANTINE } from '../../../cli/replay/run-replay.ts';
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
import { DEFAULT_MAPPING, NOW, recordOf } from '../../lambda/forward/factories.ts';
import { trackEvent } from '../../helpers/segment.ts';

const MINUTE_MS = 60_000;
const ROOTS = ['m0', 'm1', 'm2'];

/** What happens next to the bridge. */
type Step =
  /** A message is handled; each usage event's answer comes from `answers`. `stays`: it isn't deleted, whatever its fate. */
  | { readonly kind: 'forward'; readonly pick: number; readonly answers: readonly Verdict['kind'][]; readonly stays: boolean }
  | { readonly kind: 'replay'; readonly interrupted: boolean }
  | { readonly kind: 'deploy'; readonly mappings: number };

const SUFFIXED = (prefix: string) => ({ '@template': `${prefix}-{{messageId}}` });
const MISSING = { '@path': '$.nowhere' };
/** Ids, names and faults change from one to the next. */
const DEPLOYMENTS: readonly (readonly CompiledMapping[])[] = [
  [['A', { transaction_id: SUFFIXED('a') }], ['B', { transaction_id: SUFFIXED('b'), customer_id: MISSING }]],
  [['A', { transaction_id: SUFFIXED('a') }], ['B', { transaction_id: SUFFIXED('b') }]],
  [['A', { transaction_id: SUFFIXED('new') }], ['B', { transaction_id: SUFFIXED('b') }]],
  [['A2', { transaction_id: SUFFIXED('a') }], ['B', { transaction_id: SUFFIXED('a') }]],
  [['A', { transaction_id: SUFFIXED('b') }], ['B', { transaction_id: SUFFIXED('a') }], ['C', { customer_id: MISSING }]],
  [['A', { customer_id: MISSING }], ['B', { customer_id: MISSING }]],
].map((entries) => compileMappings(JSON.stringify({ mappings: entries.map(([name, fields]) => ({ name, trigger: 'type = "track"', mapping: { ...DEFAULT_MAPPING, ...Object(fields) } })) })).mappings);

interface Waiting {
  readonly id: string;
  readonly message: QueueMessage;
}

/** The bridge, with forward's and the tool's own code around a queue and a ledger in memory. */
function world() {
  const queue: Waiting[] = ROOTS.map((id) => ({ id, message: toMessage(Buffer.from(JSON.stringify(trackEvent(id, {}, NOW))), new Date(NOW).toISOString()) }));
  const ledger: ReadLine[] = [];
  const records: ReplayRecord[] = [];
  let mappings = DEPLOYMENTS[0] ?? [];
  let now = NOW;
  let ids = 0;

  const rootOf = ({ id, message }: Waiting): string => message.replay?.of ?? id;
  const deliveredOf = (root: string) =>
    ledger.filter(({ line }) => (line.replayOf ?? line.sqsMessageId) === root).flatMap(({ line }) => line.usage.filter(({ verdict }) => verdict === 'delivered'));

  function forward({ pick, answers, stays }: Extract<Step, { kind: 'forward' }>): void {
    const one = queue[pick % Math.max(1, queue.length)];
    if (one === undefined) return;
    const attributes = Object.entries(messageAttributes(one.message)).map(([name, { StringValue }]) => [name, { dataType: 'String', stringValue: StringValue }]);
    const queued = queuedEvent(recordOf({ messageId: one.id, body: one.message.body, messageAttributes: Object.fromEntries(attributes) }), now);
    const way = route(queued, mappings, now);
    const ready = way.kind === 'usage' ? way.usage.filter((usage): usage is ReadyUsage => usage.kind === 'ready') : [];
    const known = one.message.replay?.delivered ?? [];
    for (const { mapping, transactionId } of ready) expect(known.some((before) => before.mapping === mapping || before.transactionId === transactionId)).toBe(false);
    const verdicts = new Map(ready.map((usage, index) => [usage, verdictOf(answers[index] ?? 'delivered')]));
    const settled = settle(queued, way, verdicts, now);
    const isPartly = settled.fate.kind === 'returned' && settled.usage.some(({ verdict, before }) => verdict === 'delivered' && before === undefined);
    const line = readLedgerLine(ledgerLine(settled, 'v', now));
    if (line !== undefined && (settled.fate.kind !== 'returned' || isPartly)) ledger.push(line);
    if (settled.fate.kind !== 'returned' && !stays) queue.splice(queue.indexOf(one), 1);
  }

  function replay({ interrupted }: Extract<Step, { kind: 'replay' }>): void {
    const histories = createHistories();
    for (const { line } of ledger) histories.addLine(line);
    for (const record of records) histories.addReplay(record);
    for (const open of histories.open('quarantined')) {
      const latest = ledger.find(({ line }) => line.at === open.line.at && line.sqsMessageId === open.line.sqsMessageId);
      if (latest === undefined) throw new TypeError('no line');
      const { outcome, usage, message } = judge(latest, open, mappings, now);
      const delivered = deliveredOf(open.root);
      const resent = usage.filter(({ kind, mapping, transactionId }) => kind === 'ready' && delivered.some((one) => one.mapping === mapping || one.transactionId === transactionId));
      const underWay = queue.filter((one) => one.message.replay !== undefined && rootOf(one) === open.root && records.some(({ sqsMessageId }) => sqsMessageId === one.id));
      const unsettled = underWay.filter(({ id }) => !ledger.some(({ line }) => line.sqsMessageId === id && line.fate !== 'returned'));
      expect(resent).toEqual([]);
      expect(unsettled).toEqual([]);
      if (!FROM_QUARANTINE.sends(outcome.kind)) continue;
      ids += 1;
      queue.push({ id: `n${ids}`, message });
      if (!interrupted) records.push({ at: new Date(now).toISOString(), root: open.root, sqsMessageId: `n${ids}` });
    }
  }

  return {
    step(step: Step): void {
      now += MINUTE_MS;
      if (step.kind === 'forward') forward(step);
      if (step.kind === 'replay') replay(step);
      if (step.kind === 'deploy') mappings = DEPLOYMENTS[step.mappings % DEPLOYMENTS.length] ?? [];
    },
    records: () => records.length,
    /** Why a replay would leave open ones where they are. */
    openReasons(): readonly (string | undefined)[] {
      const histories = createHistories();
      for (const { line } of ledger) histories.addLine(line);
      for (const record of records) histories.addReplay(record);
      return [...histories.open('quarantined')].map((open) => {
        const read = ledger.find(({ line }) => line.at === open.line.at && line.sqsMessageId === open.line.sqsMessageId);
        const outcome = read === undefined ? undefined : judge(read, open, mappings, now).outcome;
        return outcome !== undefined && 'fault' in outcome ? outcome.fault.reason : outcome?.kind;
      });
    },
    waiting: () => queue.length,
  };
}

function verdictOf(kind: Verdict['kind']): Verdict {
  if (kind === 'delivered') return { kind, status: 200 };
  return kind === 'refused' ? { kind, status: 400, detail: 'refused' } : { kind, cause: 'rate_limited', status: 429 };
}

const forwards = fc.record({ kind: fc.constant('forward' as const), pick: fc.nat(9), answers: fc.array(fc.constantFrom('delivered', 'refused', 'returned' as const), { maxLength: 3 }), stays: fc.boolean() });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: forwards },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('replay' as const), interrupted: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deploy' as const), mappings: fc.nat(9) }) },
);

describe('a replay', () => {
  it('never sends what the ledger says was delivered, nor an event whose replay is under way', () => {
    let replays = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const bridge = world();
        for (const one of steps) bridge.step(one);
        replays += bridge.records();
      }),
      { numRuns: 2_000 },
    );
    expect(replays).toBeGreaterThan(1_000);
  });

  it('leaves nothing open, but what a sibling took the id of, once the mappings are right and Metronome takes all', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const bridge = world();
        for (const one of steps) bridge.step(one);
        bridge.step({ kind: 'deploy', mappings: 1 });
        for (let round = 0; round < 4; round += 1) {
          while (bridge.waiting() > 0) bridge.step({ kind: 'forward', pick: 0, answers: [], stays: false });
          bridge.step({ kind: 'replay', interrupted: false });
        }
        while (bridge.waiting() > 0) bridge.step({ kind: 'forward', pick: 0, answers: [], stays: false });
        expect(bridge.openReasons().filter((reason) => reason !== 'duplicate_transaction_id')).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
