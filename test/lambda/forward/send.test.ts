import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { PostResult } from '../../../lambda/forward/metronome.ts';
import { createPacer } from '../../../lambda/forward/pacer.ts';
import { sendUsage } from '../../../lambda/forward/send.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';
import { answered, clientDouble, NO_ANSWER, NOW, packables } from './factories.ts';
import type { Post } from './factories.ts';

const DEADLINE_MS = 50_000;
const SECOND_MS = 1_000;
const TAKEN = answered(200);
const UNAVAILABLE = answered(503);

interface World {
  /** What each request takes, milliseconds. */
  readonly requestMs?: number;
  readonly random?: number;
  /** What the token store says, first read and then re-read. */
  readonly tokens?: readonly [string | undefined, string | undefined];
  readonly tokenError?: Error;
  readonly deadlineMs?: number;
  readonly eventsPerSecond?: number;
}

/** Sends `count` events with a clock that only requests and pauses move. */
async function send(count: number, answer: (post: Post, index: number) => PostResult, world: World = {}) {
  let now = NOW;
  let reads = 0;
  let rereads = 0;
  const pauses: number[] = [];
  const telemetry = recordingTelemetry();
  const [token, rotated] = world.tokens ?? ['token', 'token'];
  const startedAt: number[] = [];
  const client = clientDouble((post, index) => {
    startedAt.push(now - NOW);
    now += world.requestMs ?? 0;
    return answer(post, index);
  });
  const sent = await sendUsage(packables(count), NOW + (world.deadlineMs ?? DEADLINE_MS), {
    client,
    telemetry,
    pacer: createPacer(world.eventsPerSecond ?? Number.POSITIVE_INFINITY),
    token: {
      async read() {
        reads += 1;
        if (world.tokenError !== undefined) throw world.tokenError;
        return rereads === 0 ? token : rotated;
      },
      async reread() {
        rereads += 1;
        return rotated;
      },
    },
    now: () => now,
    random: () => world.random ?? 0.5,
    async sleep(milliseconds) {
      pauses.push(milliseconds);
      now += milliseconds;
    },
  });
  const verdicts = [...sent.verdicts.values()];
  return { ...sent, verdicts, kinds: new Set(verdicts.map(({ kind }) => kind)), posts: client.posts, pauses, telemetry, reads, rereads, startedAt };
}

const whenTokenIs = (good: string) => ({ token }: Post) => (token === good ? TAKEN : answered(token === 'old' ? 401 : 403));
const inTurn = (...results: readonly PostResult[]) => (_: Post, index: number) => results[index] ?? TAKEN;

describe('sendUsage', () => {
  it('asks for nothing, not even the token, when there is nothing to send', async () => {
    const { posts, reads, taken } = await send(0, () => TAKEN);

    expect({ posts, reads, taken }).toEqual({ posts: [], reads: 0, taken: undefined });
  });

  it('sends 1,000 events in 10 requests, each event once', async () => {
    const { posts, verdicts, taken, telemetry } = await send(1_000, () => TAKEN);

    expect(posts.map(({ ids }) => ids.length)).toEqual(Array.from({ length: 10 }, () => 100));
    expect(new Set(posts.flatMap(({ ids }) => ids)).size).toBe(1_000);
    expect(verdicts).toHaveLength(1_000);
    expect(new Set(verdicts)).toEqual(new Set(Array.from({ length: 10 }, () => ({ kind: 'delivered', status: 200 }))));
    expect(taken).toBeDefined();
    expect(telemetry.measures.get('EventsPerRequest')).toEqual(Array.from({ length: 10 }, () => 100));
  });

  it('has several requests under way at once, and not more than 8', async () => {
    let underWay = 0;
    let most = 0;
    const client = clientDouble(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return TAKEN;
    });
    const token = { read: async () => 'token', reread: async () => 'token' };

    const deps = { client, token, telemetry: recordingTelemetry(), pacer: createPacer(Number.POSITIVE_INFINITY), now: Date.now, random: Math.random, sleep: async () => undefined };
    await sendUsage(packables(2_000), Date.now() + DEADLINE_MS, deps);

    expect(most).toBe(8);
  });

  it('counts and logs a 200 with a body, and takes it for delivered', async () => {
    const { kinds, telemetry } = await send(1, () => answered(200, { hasBody: true, message: '{"errors":["secret of a customer"]}' }));

    expect(kinds).toEqual(new Set(['delivered']));
    expect(telemetry.counts.get('MetronomeAnswerWithBody')).toBe(1);
    expect(telemetry.lines).toEqual([{ level: 'warn', event: 'metronome_answer_with_body', fields: { status: 200 } }]);
  });
});

describe('sendUsage, retries', () => {
  it.each<[string, PostResult, object]>([
    ['429', answered(429), { kind: 'returned', cause: 'rate_limited', status: 429 }],
    ['408', answered(408), { kind: 'returned', cause: 'metronome_unavailable', status: 408 }],
    ['500', answered(500), { kind: 'returned', cause: 'metronome_unavailable', status: 500 }],
    ['no answer', NO_ANSWER, { kind: 'returned', cause: 'metronome_unavailable' }],
  ])('tries %s three times and then returns', async (_, result, verdict) => {
    const { posts, verdicts, taken } = await send(1, () => result);

    expect(posts).toHaveLength(3);
    expect(new Set(posts.map(({ body }) => body)).size).toBe(1);
    expect(verdicts).toEqual([verdict]);
    expect(taken).toBeUndefined();
  });

  it.each([answered(429), UNAVAILABLE, NO_ANSWER])('delivers what succeeds at the third try after %j', async (result) => {
    const { posts, verdicts } = await send(1, inTurn(result, result, TAKEN));

    expect(posts).toHaveLength(3);
    expect(verdicts).toEqual([{ kind: 'delivered', status: 200 }]);
  });

  it.each([
    [0, [0, 0]],
    [0.5, [250, 500]],
    [0.999, [499.5, 999]],
  ])('pauses with full jitter: random %d gives %j ms', async (random, pauses) => {
    const sent = await send(1, () => UNAVAILABLE, { random });

    expect(sent.pauses).toEqual(pauses);
  });

  it.each([
    ['waits as long as Retry-After asks', 7_000, [7_000, 7_000]],
    ['waits its own pause when Retry-After asks for less', 100, [250, 500]],
    ['waits its own pause when Retry-After asks for none', 0, [250, 500]],
    ['does not wait for a Retry-After beyond the deadline', DEADLINE_MS, []],
  ])('%s', async (_, retryAfterMs, pauses) => {
    const sent = await send(1, () => answered(429, { retryAfterMs }));

    expect(sent.pauses).toEqual(pauses);
    expect(sent.posts).toHaveLength(pauses.length + 1);
    expect(sent.verdicts).toEqual([{ kind: 'returned', cause: 'rate_limited', status: 429 }]);
  });

  it('sends nothing more after a 5xx that stayed, and returns the rest for the same cause', async () => {
    const { posts, verdicts } = await send(2_000, () => UNAVAILABLE);

    expect(posts.length).toBeLessThanOrEqual(8 * 3);
    expect(verdicts).toHaveLength(2_000);
    expect(new Set(verdicts.map((verdict) => (verdict.kind === 'returned' ? verdict.cause : verdict.kind)))).toEqual(new Set(['metronome_unavailable']));
  });

  it('keeps what was delivered before the service failed', async () => {
    const { verdicts, taken } = await send(2_000, (_, index) => (index < 4 ? TAKEN : UNAVAILABLE));

    expect(verdicts.filter(({ kind }) => kind === 'delivered')).toHaveLength(400);
    expect(verdicts).toHaveLength(2_000);
    expect(taken).toBeDefined();
  });

  it.each([100, 301, 404, 405, 409, 415])('does not repeat a %i, and returns everything', async (status) => {
    const { posts, verdicts } = await send(2_000, () => answered(status));

    expect(posts.length).toBeLessThanOrEqual(8);
    expect(verdicts).toHaveLength(2_000);
    for (const verdict of verdicts) expect(verdict).toMatchObject({ kind: 'returned', cause: 'configuration' });
  });
});

describe('sendUsage, deadline', () => {
  it('gives a request 10 s, and less when the deadline is nearer', async () => {
    const { posts, startedAt, verdicts } = await send(1, () => NO_ANSWER, { requestMs: 10_000, deadlineMs: 15_000, random: 0 });

    expect(startedAt).toEqual([0, 10_000]);
    expect(posts.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 5_000]);
    expect(verdicts).toEqual([{ kind: 'returned', cause: 'metronome_unavailable' }]);
  });

  it('starts no request at or after the deadline', async () => {
    const { posts, verdicts } = await send(300, () => TAKEN, { deadlineMs: 0 });

    expect(posts).toEqual([]);
    expect(verdicts).toHaveLength(300);
    expect(new Set(verdicts.map((verdict) => verdict.kind === 'returned' && verdict.cause))).toEqual(new Set(['deadline']));
  });

  it('keeps what was delivered in time and returns the rest', async () => {
    const { posts, verdicts } = await send(2_000, () => TAKEN, { requestMs: 1_000, deadlineMs: 5_500 });

    expect(posts).toHaveLength(6);
    expect(verdicts.filter(({ kind }) => kind === 'delivered')).toHaveLength(600);
    expect(verdicts.filter((verdict) => verdict.kind === 'returned' && verdict.cause === 'deadline')).toHaveLength(1_400);
  });
});

describe('sendUsage, pace', () => {
  it('spreads requests over the time that the rate asks for', async () => {
    const { verdicts, posts, pauses } = await send(1_000, () => TAKEN, { eventsPerSecond: 1_000 });

    expect(posts).toHaveLength(10);
    expect(new Set(verdicts.map(({ kind }) => kind))).toEqual(new Set(['delivered']));
    expect(Math.max(...pauses)).toBeGreaterThan(0);
  });

  it('returns what the rate leaves no time for, and does not wait for it', async () => {
    const { verdicts, pauses } = await send(1_000, () => TAKEN, { eventsPerSecond: 1, deadlineMs: 5_000 });

    expect(pauses).toEqual([]);
    expect(verdicts.filter(({ kind }) => kind === 'delivered')).toHaveLength(100);
    expect(verdicts.filter((verdict) => verdict.kind === 'returned' && verdict.cause === 'deadline')).toHaveLength(900);
  });

  it('books a retry like a first try', async () => {
    const { startedAt } = await send(100, inTurn(UNAVAILABLE, TAKEN), { eventsPerSecond: 10, random: 0 });

    expect(startedAt).toEqual([0, 9_500]);
  });
});

describe('sendUsage, token', () => {
  it('reads the token again when it is refused, and goes on with the rotated one', async () => {
    const { verdicts, rereads, posts, telemetry } = await send(1, whenTokenIs('new'), { tokens: ['old', 'new'] });

    expect(verdicts).toEqual([{ kind: 'delivered', status: 200 }]);
    expect({ rereads, tokens: posts.map(({ token }) => token) }).toEqual({ rereads: 1, tokens: ['old', 'new'] });
    expect(telemetry.counts.get('TokenRefused')).toBe(1);
  });

  it('sends nothing again that was taken with the token before a rotation', async () => {
    let live = 'old';
    const { verdicts, posts } = await send(
      801,
      ({ token, ids }, index) => {
        if (index === 4) live = 'new';
        if (token !== live) return answered(401);
        return ids.includes('e800') ? answered(400) : TAKEN;
      },
      { tokens: ['old', 'new'] },
    );

    const oldIds = new Set(posts.filter(({ token }, index) => token === 'old' && index < 4).flatMap(({ ids }) => ids));
    expect(posts.filter(({ token, ids }) => token === 'new' && ids.some((id) => oldIds.has(id)))).toEqual([]);
    expect(verdicts.filter(({ kind }) => kind === 'delivered')).toHaveLength(800);
  });

  it('stops when the token is refused twice, and sends nothing more', async () => {
    const { verdicts, posts } = await send(2_000, whenTokenIs('other'));

    expect(posts.length).toBeLessThanOrEqual(16);
    expect(verdicts).toHaveLength(2_000);
    for (const verdict of verdicts) expect(verdict).toMatchObject({ kind: 'returned', cause: 'token_refused' });
  });

  it.each(['unusable_token' as const])('treats an %s like a refused one', async (kind) => {
    const bad = await send(1, () => ({ kind }));
    const mended = await send(1, ({ token }) => (token === 'new' ? TAKEN : { kind }), { tokens: ['o ld', 'new'] });

    expect(bad.verdicts).toEqual([{ kind: 'returned', cause: 'token_refused', status: undefined }]);
    expect(mended.verdicts).toEqual([{ kind: 'delivered', status: 200 }]);
    expect(JSON.stringify(mended.telemetry.lines)).not.toContain('o ld');
  });

  it('sends nothing while the token was never set', async () => {
    const { posts, verdicts } = await send(200, () => TAKEN, { tokens: [undefined, undefined] });

    expect(posts).toEqual([]);
    expect(verdicts).toHaveLength(200);
    for (const verdict of verdicts) expect(verdict).toEqual({ kind: 'returned', cause: 'token_not_set' });
  });

  it('returns everything when the token store fails, and logs the class of the error alone', async () => {
    const { posts, verdicts, telemetry } = await send(200, () => TAKEN, { tokenError: new RangeError('secret text') });

    expect(posts).toEqual([]);
    expect(verdicts).toHaveLength(200);
    for (const verdict of verdicts) expect(verdict).toEqual({ kind: 'returned', cause: 'configuration' });
    expect(telemetry.lines[0]).toEqual({ level: 'error', event: 'sending_failed', fields: { error: 'RangeError' } });
    expect(JSON.stringify(telemetry.lines)).not.toContain('secret');
  });
});

describe('sendUsage, refusals', () => {
  it('splits to the guilty event and delivers the others', async () => {
    const { verdicts, telemetry } = await send(300, ({ ids }) => (ids.includes('e57') ? answered(400, { message: 'e57 is wrong' }) : TAKEN));

    expect(verdicts.filter(({ kind }) => kind === 'delivered')).toHaveLength(299);
    expect(verdicts.filter(({ kind }) => kind === 'refused')).toEqual([{ kind: 'refused', status: 400, detail: 'e57 is wrong' }]);
    expect(JSON.stringify(telemetry.lines)).not.toContain('e57');
  });

  it('gives every event one verdict, delivered only with a 2xx and refused only alone and beside a 2xx, whatever Metronome does', async () => {
    const results = fc.infiniteStream(
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(TAKEN) },
        fc.constantFrom(400, 413, 422, 401, 403, 404, 408, 429, 500, 503).map((status) => answered(status)),
        fc.constant(NO_ANSWER),
        fc.constant<PostResult>({ kind: 'unusable_token' }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1_500 }), results, fc.integer({ min: 0, max: 2_000 }), async (count, stream, requestMs) => {
        const stored = new Set<string>();
        const refusedAlone = new Set<string>();
        const { verdicts, kinds, taken, posts } = await send(
          count,
          ({ ids }) => {
            const { value } = stream.next();
            if (value === TAKEN) for (const id of ids) stored.add(id);
            if (value.kind === 'answer' && [400, 413, 422].includes(value.status) && ids.length === 1) refusedAlone.add(String(ids[0]));
            return value;
          },
          { requestMs },
        );

        expect(verdicts).toHaveLength(count);
        expect(verdicts.filter(({ kind }) => kind === 'delivered')).toHaveLength(stored.size);
        expect(verdicts.filter(({ kind }) => kind === 'refused').length).toBeLessThanOrEqual(stored.size === 0 ? 0 : refusedAlone.size);
        expect(taken !== undefined).toBe(kinds.has('delivered'));
        expect(posts.every(({ timeoutMs }) => timeoutMs > 0 && timeoutMs <= 10_000)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [10, 500],
    [16, 800],
    [100, 1_000],
  ])('sends at %d events a second what the time allows: at least %d of 1,000', async (eventsPerSecond, atLeast) => {
    const clock = sharedClock();
    const { verdicts } = await clock.run(
      sendUsage(packables(1_000), NOW + 55 * SECOND_MS, {
        client: { ingest: async () => (await clock.sleep(100), TAKEN), close: () => undefined },
        telemetry: recordingTelemetry(),
        pacer: createPacer(eventsPerSecond),
        token: { read: async () => 'token', reread: async () => 'token' },
        now: clock.now,
        random: () => 0.5,
        sleep: clock.sleep,
      }),
    );
    const kinds = [...verdicts.values()].map((verdict) => (verdict.kind === 'returned' ? verdict.cause : verdict.kind));

    expect(kinds.filter((kind) => kind === 'delivered').length).toBeGreaterThanOrEqual(atLeast);
    expect(new Set(kinds)).toEqual(new Set(atLeast < 1_000 ? ['delivered', 'deadline'] : ['delivered']));
  });
});

/** A clock for sleepers side by side: it jumps to the next one that wakes, once nobody has anything else to do. */
function sharedClock() {
  let now = NOW;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: async (milliseconds: number) => new Promise<void>((wake) => void sleepers.push({ at: now + milliseconds, wake })),
    async run<Result>(work: Promise<Result>): Promise<Result> {
      const state = { isDone: false };
      const done = work.finally(() => (state.isDone = true));
      while (!state.isDone) {
        await new Promise((resolve) => void setImmediate(resolve));
        const [next, ...rest] = sleepers.toSorted((a, b) => a.at - b.at);
        if (next === undefined) continue;
        sleepers = rest;
        now = next.at;
        next.wake();
      }
      return done;
    },
  };
}
