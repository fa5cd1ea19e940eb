import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { forward, returnAll } from '../../../lambda/forward/forward.ts';
import type { ForwardMemory } from '../../../lambda/forward/forward.ts';
import type { LedgerPrefix } from '../../../lambda/forward/ledger.ts';
import type { PostResult } from '../../../lambda/forward/metronome.ts';
import { createPacer } from '../../../lambda/forward/pacer.ts';
import type { QueuedEvent } from '../../../lambda/forward/record.ts';
import type { CompiledMappings } from '../../../lambda/mapping/index.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';
import { answered, clientDouble, DAY_MS, HOUR_MS, mappingsOf, NO_ANSWER, NOW, queuedOf } from './factories.ts';
import type { Post } from './factories.ts';

const TAKEN = answered(200);
const DEFAULT = mappingsOf({});
const TWO_EACH = mappingsOf({}, { transaction_id: { '@path': '$.properties.second' } });

interface World {
  readonly answer?: (post: Post, index: number) => PostResult;
  readonly mappings?: CompiledMappings;
  readonly failingLedger?: readonly LedgerPrefix[];
  readonly memory?: ForwardMemory;
  readonly archives?: boolean;
  readonly random?: () => number;
}

async function run(batch: readonly QueuedEvent[], { answer = () => TAKEN, mappings = DEFAULT, failingLedger = [], memory = fresh(), archives = true, random = () => 0.5 }: World = {}) {
  const ledger: Record<LedgerPrefix, Readonly<Record<string, unknown>>[]> = { archive: [], quarantine: [] };
  const telemetry = recordingTelemetry();
  const client = clientDouble(answer);
  let now = NOW;
  const deps = {
    client,
    telemetry,
    mappings,
    archives,
    pacer: createPacer(Number.POSITIVE_INFINITY),
    token: { read: async () => 'token', reread: async () => 'token' },
    now: () => now,
    random,
    sleep: async (milliseconds: number) => void (now += milliseconds),
    ledger: {
      async write(prefix: LedgerPrefix, lines: readonly string[]) {
        if (failingLedger.includes(prefix)) throw new Error('S3 is away');
        ledger[prefix].push(...lines.map((line) => JSON.parse(line)));
      },
    },
  };
  const settled = await forward(batch, NOW + 50_000, deps, memory);
  const idsIn = (prefix: LedgerPrefix) => new Set(ledger[prefix].map(({ sqsMessageId }) => sqsMessageId));
  return { settled, ledger, idsIn, telemetry, posts: client.posts, memory, fates: settled.map(({ fate }) => fate.kind) };
}

const fresh = (): ForwardMemory => ({});

/** What a container remembers that delivered an event so long ago. */
async function remembering(agoMs = 0): Promise<ForwardMemory> {
  const { memory } = await run([queuedOf(trackEvent('remembered', {}, NOW))]);
  return { taken: memory.taken && { ...memory.taken, at: memory.taken.at - agoMs } };
}

/** Track events with second ids; the SQS id tells which is which. */
function batchOf(count: number, overrides: Partial<QueuedEvent> = {}): QueuedEvent[] {
  return Array.from({ length: count }, (_, index) =>
    queuedOf(trackEvent(`e${index}`, { properties: { second: `e${index}-second` } }, NOW), { sqsMessageId: `sqs-${index}`, receiptHandle: `r-${index}`, ...overrides }),
  );
}

const refusing = (...guilty: readonly string[]) => ({ ids }: Post): PostResult => (ids.some((id) => guilty.includes(id)) ? answered(400, { message: 'wrong' }) : TAKEN);

describe('forward', () => {
  it('does nothing with nothing', async () => {
    const { settled, posts, ledger } = await run([]);

    expect({ settled, posts, ledger }).toEqual({ settled: [], posts: [], ledger: { archive: [], quarantine: [] } });
  });

  it('delivers 1,000 events in 10 requests, archives and counts them', async () => {
    const { fates, posts, ledger, telemetry } = await run(batchOf(1_000));

    expect(new Set(fates)).toEqual(new Set(['delivered']));
    expect(posts).toHaveLength(10);
    expect(ledger.archive).toHaveLength(1_000);
    expect(ledger.archive[0]).toMatchObject({ fate: 'delivered', mappingVersion: DEFAULT.version, usage: [{ mapping: 'mapping 1', transactionId: 'e0', verdict: 'delivered', status: 200 }] });
    expect(Object.fromEntries(telemetry.counts)).toEqual({ Delivered: 1_000, Returned: 0, 'MetronomeAnswers{answer=2xx}': 10, 'UsageEvents{verdict=delivered}': 1_000 });
    expect(telemetry.measures.get('EventsPerRequest')).toEqual(Array.from({ length: 10 }, () => 100));
    expect(telemetry.measures.get('DeliveryLag')).toHaveLength(1_000);
  });

  it('gives each event of a mixed batch its own fate, in order', async () => {
    const [good, guilty] = batchOf(2);
    if (good === undefined || guilty === undefined) throw new TypeError('no batch');
    const batch = [queuedOf('nonsense', { sqsMessageId: 'bad' }), good, queuedOf({ type: 'page' }, { sqsMessageId: 'page' }), guilty];

    const { settled, ledger, telemetry } = await run(batch, { answer: refusing('e1') });

    expect(settled.map(({ queued, fate }) => [queued.sqsMessageId, fate.kind])).toEqual([['bad', 'quarantined'], ['sqs-0', 'delivered'], ['page', 'filtered'], ['sqs-1', 'quarantined']]);
    expect(ledger.quarantine).toMatchObject([{ sqsMessageId: 'bad', reason: 'not_json' }, { sqsMessageId: 'sqs-1', reason: 'refused_by_metronome', detail: 'wrong' }]);
    expect(telemetry.counts.get('Quarantined')).toBe(2);
    expect(telemetry.counts.get('Quarantined{reason=not_json}')).toBe(1);
    expect(telemetry.counts.get('Quarantined{reason=refused_by_metronome}')).toBe(1);
    expect(telemetry.lines.filter(({ event }) => event === 'event_quarantined').map(({ fields }) => fields)).toEqual([
      { sqsMessageId: 'bad', messageId: undefined, reason: 'not_json', field: undefined },
      { sqsMessageId: 'sqs-1', messageId: 'e1', reason: 'refused_by_metronome', field: undefined },
    ]);
  });

  it.each([
    ['first', 0],
    ['last', 99],
    ['in the middle', 50],
    ['somewhere', 37],
  ])('takes no more than 150 requests for 1,000 events of which 1 % are refused, each %s of its request', async (_, place) => {
    const guilty = Array.from({ length: 10 }, (__, index) => `e${index * 100 + place}`);
    for (let seed = 0; seed < 10; seed += 1) {
      const { settled, fates, posts } = await run(batchOf(1_000), { answer: refusing(...guilty), random: chanceFrom(seed) });

      expect(posts.length).toBeLessThanOrEqual(150);
      expect(fates.filter((fate) => fate === 'delivered')).toHaveLength(990);
      expect(settled.filter(({ fate }) => fate.kind === 'quarantined').map(({ messageId }) => messageId)).toEqual(guilty);
    }
  });

  it.each([0.1, 0.9])('takes little more when chance (%d) tries the wrong half first every time', async (chance) => {
    const guilty = Array.from({ length: 10 }, (_, index) => `e${index * 100 + (chance < 0.5 ? 0 : 99)}`);

    const { posts } = await run(batchOf(1_000), { answer: refusing(...guilty), random: () => chance });

    expect(posts.length).toBeLessThanOrEqual(160);
  });

  it('quarantines no good event, whenever a service begins or ceases to refuse everything', async () => {
    const memory = await remembering();
    await fc.assert(
      fc.asyncProperty(
        fc.record({ count: fc.integer({ min: 1, max: 600 }), from: fc.nat({ max: 80 }), length: fc.oneof(fc.nat({ max: 60 }), fc.constant(Infinity)), guilty: fc.uniqueArray(fc.nat({ max: 599 }), { maxLength: 5 }), remembers: fc.boolean() }),
        async ({ count, from, length, guilty, remembers }) => {
          const guiltyIds = guilty.map((index) => `e${index}`);
          const judge = refusing(...guiltyIds);
          const answer = (post: Post, index: number): PostResult => (index >= from && index < from + length ? answered(400) : judge(post));

          const { settled } = await run(batchOf(count), { answer, memory: remembers ? { ...memory } : fresh() });

          const quarantined = settled.filter(({ fate }) => fate.kind === 'quarantined').map(({ messageId }) => messageId ?? '');
          expect(quarantined.filter((id) => !guiltyIds.includes(id))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('empties nothing into quarantine when Metronome refuses everything', async () => {
    const { settled, posts } = await run(batchOf(1_000, { receiveCount: 50 }), { answer: () => answered(400) });

    expect(new Set(settled.map(({ fate }) => (fate.kind === 'returned' ? fate.cause : fate.kind)))).toEqual(new Set(['unproven_refusal']));
    expect(posts).toHaveLength(310);
  });

  it('believes a refusal without a success of its own only if Metronome refuses the event again after taking what it took earlier', async () => {
    const memory = fresh();
    const refuse = { answer: refusing('e0'), memory };

    const before = await run(batchOf(1), refuse);
    await run([queuedOf(trackEvent('remembered', {}, NOW))], { memory });
    const after = await run(batchOf(1), refuse);

    expect([before, after].map(({ fates }) => fates)).toEqual([['returned'], ['quarantined']]);
    expect(after.posts.map(({ ids }) => ids)).toEqual([['e0'], ['remembered'], ['e0']]);
  });

  it('believes no refusal of a service that now refuses what it took a minute ago, at whatever receive', async () => {
    const { settled, posts } = await run(batchOf(1, { receiveCount: 50 }), { answer: () => answered(400), memory: await remembering(60_000) });

    expect(settled[0]?.fate).toEqual({ kind: 'returned', cause: 'unproven_refusal' });
    expect(posts.map(({ ids }) => ids)).toEqual([['e0'], ['remembered']]);
  });

  it('never sends what was taken with another token: it may be of another account, which would bill it', async () => {
    const { taken } = await remembering();

    const { fates, posts } = await run(batchOf(1), { answer: refusing('e0'), memory: { taken: taken && { ...taken, token: 'of another account' } } });

    expect(fates).toEqual(['returned']);
    expect(posts.map(({ ids }) => ids)).toEqual([['e0']]);
  });

  it('asks a service that refuses everything a few times, not for each event, if it remembers what it took', async () => {
    const { settled, posts } = await run(batchOf(1_000), { answer: () => answered(400), memory: await remembering() });

    expect(new Set(settled.map(({ fate }) => (fate.kind === 'returned' ? fate.cause : fate.kind)))).toEqual(new Set(['unproven_refusal']));
    expect(posts.length).toBeLessThanOrEqual(30);
  });

  it('goes on splitting when what is refused is full of bad events and what was taken earlier is taken again', async () => {
    const guilty = Array.from({ length: 300 }, (_, index) => `e${index}`);
    const { settled, posts } = await run(batchOf(300), { answer: refusing(...guilty), memory: await remembering() });

    expect(settled.filter(({ fate }) => fate.kind === 'quarantined').length).toBeGreaterThan(100);
    expect(posts.filter(({ ids }) => ids[0] === 'remembered').length).toBeLessThanOrEqual(3);
  });

  it.each([
    ['half a day', 12 * HOUR_MS, 'quarantined'],
    ['more: it could be too old for Metronome to know it', 12 * HOUR_MS + 1, 'returned'],
  ])('sends a remembered event again for %s', async (_, agoMs, fate) => {
    const { fates } = await run(batchOf(1), { answer: refusing('e0'), memory: await remembering(agoMs) });

    expect(fates).toEqual([fate]);
  });

  it('returns an event of which one usage event is undecided, and sends both again with the same ids', async () => {
    // Too large to share a request with its sibling.
    const mappings = mappingsOf({}, { transaction_id: { '@path': '$.properties.second' }, properties: { '@path': '$.filler' } });
    const big = [queuedOf(trackEvent('e0', { properties: { second: 'e0-second' }, filler: { text: 'x'.repeat(999_800) } }, NOW))];

    const first = await run(big, { answer: ({ ids }) => (ids.includes('e0-second') ? answered(429) : TAKEN), mappings });
    const again = await run(big, { mappings });

    expect(first.settled[0]?.fate).toEqual({ kind: 'returned', cause: 'rate_limited' });
    expect(first.settled[0]?.usage.map(({ verdict }) => verdict)).toEqual(['delivered', 'returned']);
    expect(first.ledger).toMatchObject({ archive: [], quarantine: [{ fate: 'returned', cause: 'rate_limited', usage: [{ mapping: 'mapping 1', transactionId: 'e0', verdict: 'delivered' }, { verdict: 'returned' }] }] });
    expect(again.posts.map(({ ids }) => ids)).toEqual([['e0'], ['e0-second']]);
    expect(again.fates).toEqual(['delivered']);
  });

  it('returns an event that trips a bug of ours, and delivers the others', async () => {
    const tripping = queuedOf({}, { sqsMessageId: 'bug' });
    Object.defineProperty(tripping, 'text', { get: () => { throw new TypeError('a customer’s name'); } });

    const { settled, telemetry } = await run([tripping, ...batchOf(2)]);

    expect(settled.map(({ fate }) => fate)).toEqual([{ kind: 'returned', cause: 'internal' }, { kind: 'delivered' }, { kind: 'delivered' }]);
    expect(telemetry.lines).toContainEqual({ level: 'error', event: 'routing_failed', fields: { sqsMessageId: 'bug', error: 'TypeError' } });
    expect(JSON.stringify(telemetry.lines)).not.toContain('customer’s');
  });

  it('counts why events return', async () => {
    const { telemetry } = await run(batchOf(3), { answer: () => answered(503) });

    expect(telemetry.counts.get('Returned')).toBe(3);
    expect(telemetry.lines).toContainEqual({ level: 'warn', event: 'events_returned', fields: { cause: 'metronome_unavailable', events: 3, advice: expect.any(String) } });
  });
});

describe('forward, for any records, any Metronome and any ledger', () => {
  const body = fc.oneof(
    { weight: 5, arbitrary: fc.constant('track' as const) },
    { weight: 1, arbitrary: fc.constant('filtered' as const) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
  const result = fc.oneof(
    { weight: 8, arbitrary: fc.constant('judge' as const) },
    { weight: 1, arbitrary: fc.constantFrom(answered(401), answered(404), answered(408), answered(413), answered(429), answered(500), NO_ANSWER) },
    { weight: 1, arbitrary: fc.constant('taken but unheard' as const) },
  );
  const world = fc.record({
    bodies: fc.array(body, { maxLength: 250 }),
    guilty: fc.uniqueArray(fc.nat({ max: 249 }), { maxLength: 6 }),
    results: fc.infiniteStream(result),
    failingLedger: fc.constantFrom<readonly LedgerPrefix[]>([], ['archive'], ['quarantine'], ['archive', 'quarantine']),
    receiveCount: fc.integer({ min: 1, max: 5 }),
    mappings: fc.constantFrom(DEFAULT, TWO_EACH),
  });

  it('settles each record once; acknowledges only what is proven; quarantines no good event', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ bodies, guilty, results, failingLedger, receiveCount, mappings }) => {
        const good = batchOf(bodies.length, { receiveCount });
        const batch = bodies.map((one, index) => {
          const sqsMessageId = `sqs-${index}`;
          if (one === 'track') return good[index] ?? queuedOf('');
          return queuedOf(one === 'filtered' ? { type: 'page' } : one, { sqsMessageId, receiveCount });
        });
        const guiltyIds = new Set(guilty.flatMap((index) => [`e${index}`, `e${index}-second`]));
        const answeredTaken = new Set<string>();
        const answer = ({ ids }: Post): PostResult => {
          const { value } = results.next();
          if (value === 'taken but unheard') return NO_ANSWER;
          if (value !== 'judge') return value;
          if (ids.some((id) => guiltyIds.has(id))) return answered(400);
          for (const id of ids) answeredTaken.add(id);
          return TAKEN;
        };

        const { settled, idsIn } = await run(batch, { answer, mappings, failingLedger, memory: await remembering() });

        expect(settled.map(({ queued }) => queued)).toEqual(batch);
        for (const [index, { queued, fate, usage }] of settled.entries()) {
          const ids = usage.map(({ transactionId }) => transactionId ?? '');
          const isGood = bodies[index] === 'track' && !ids.some((id) => guiltyIds.has(id));
          if (fate.kind === 'delivered') expect(ids.length > 0 && ids.every((id) => answeredTaken.has(id))).toBe(true);
          if (fate.kind === 'delivered' && !failingLedger.includes('archive')) expect(idsIn('archive')).toContain(queued.sqsMessageId);
          if (fate.kind === 'filtered') expect(idsIn('archive')).toContain(queued.sqsMessageId);
          if (fate.kind === 'quarantined') expect(idsIn('quarantine')).toContain(queued.sqsMessageId);
          if (isGood && fate.kind === 'quarantined') expect(fate.reason).toBe('refused_by_metronome');
          if (fate.kind === 'quarantined' && fate.reason === 'refused_by_metronome') {
            expect(usage.some(({ verdict, status }) => verdict === 'quarantined' && (status === 400 || status === 413))).toBe(true);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('delivers every good event and quarantines exactly the guilty, when Metronome is well', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 400 }), fc.uniqueArray(fc.nat({ max: 399 }), { maxLength: 8 }), async (count, guilty) => {
        const guiltyIds = guilty.filter((index) => index < count - 1).map((index) => `e${index}`);

        const { settled } = await run(batchOf(count), { answer: refusing(...guiltyIds) });

        const sawSuccess = settled.some(({ fate }) => fate.kind === 'delivered');
        expect(sawSuccess).toBe(true);
        expect(new Set(settled.filter(({ fate }) => fate.kind === 'quarantined').map(({ messageId }) => messageId))).toEqual(new Set(guiltyIds));
        expect(settled.filter(({ fate }) => fate.kind === 'delivered')).toHaveLength(count - guiltyIds.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('returnAll', () => {
  it('returns a batch for its cause, and sets aside what has waited for 12 days', async () => {
    const telemetry = recordingTelemetry();
    const lines: string[] = [];
    const ledger = { write: async (prefix: LedgerPrefix, given: readonly string[]) => void lines.push(...given.map((line) => `${prefix} ${line}`)) };
    const [young, old] = [queuedOf('{"a":1}'), queuedOf('{"b":2}', { sentAt: NOW - 13 * DAY_MS })];

    const settled = await returnAll([young, old], 'configuration', { ledger, archives: true, mappingVersion: 'none', telemetry, now: () => NOW });

    expect(settled.map(({ fate }) => fate.kind)).toEqual(['returned', 'quarantined']);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^quarantine .*"reason":"retry_expired".*"event":"\{\\"b\\":2\}","eventEncoding":"text"/);
  });

  it('counts ids that lost digits, as they do at the hosted destination, and names the mappings', async () => {
    const rounded = queuedOf(JSON.stringify(trackEvent('e1', {}, NOW)).replace('"e1"', '9007199254740993'));
    const { fates, telemetry } = await run([rounded, ...batchOf(2)]);

    expect(fates).toEqual(['delivered', 'delivered', 'delivered']);
    expect(telemetry.counts.get('RoundedId')).toBe(1);
    expect(telemetry.lines).toContainEqual(expect.objectContaining({ event: 'ids_rounded', fields: expect.objectContaining({ mappings: ['mapping 1'] }) }));
  });
});

/** Numbers from 0 to 1 that repeat with the seed (a linear congruential generator, Numerical Recipes' constants). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
