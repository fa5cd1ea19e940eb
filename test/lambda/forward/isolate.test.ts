import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { Verdict } from '../../../lambda/forward/fate.ts';
import { createIsolation, MAX_SPLIT_REQUESTS } from '../../../lambda/forward/isolate.ts';
import { packRequests } from '../../../lambda/forward/pack.ts';
import { packableOf, packables } from './factories.ts';

type Event = ReturnType<typeof packableOf>;

const DELIVERED: Verdict = { kind: 'delivered', status: 200 };
const refused = (status = 400): Verdict => ({ kind: 'refused', status, detail: 'refused' });

/** Isolates events packed by 100 against `answer`; keeps every request and verdict. */
async function run(events: readonly Event[], answer: (ids: readonly string[], index: number) => Verdict, perRequest = 100) {
  const requests: (readonly string[])[] = [];
  const verdicts = new Map<string, Verdict[]>();
  const isolation = createIsolation<Event>(
    async (batch) => {
      const ids = batch.map(({ id }) => id);
      return answer(ids, requests.push(ids) - 1);
    },
    ({ id }, verdict) => void verdicts.set(id, [...(verdicts.get(id) ?? []), verdict]),
    () => true,
  );
  for (const request of packRequests(events, perRequest)) await isolation.send(request);
  return { requests, verdicts, ofKind: (kind: Verdict['kind']) => [...verdicts].filter(([, [verdict]]) => verdict?.kind === kind).map(([id]) => id) };
}

/** A Metronome that refuses every request that holds a guilty event. */
const refusing = (guilty: ReadonlySet<string>, status = 400) => (ids: readonly string[]) => (ids.some((id) => guilty.has(id)) ? refused(status) : DELIVERED);

const idsWhere = (events: readonly Event[], isGuilty: (index: number) => boolean) => new Set(events.filter((_, index) => isGuilty(index)).map(({ id }) => id));

describe('createIsolation', () => {
  it('needs 10 requests for 1,000 good events', async () => {
    const { requests, ofKind } = await run(packables(1_000), () => DELIVERED);

    expect(requests).toHaveLength(10);
    expect(ofKind('delivered')).toHaveLength(1_000);
  });

  it('refuses exactly the guilty, each alone; delivers exactly the others; leaves no event untried', async () => {
    const crowd = fc.integer({ min: 1, max: 300 }).chain((count) => fc.tuple(fc.constant(count), fc.uniqueArray(fc.nat({ max: count - 1 }), { maxLength: 12 })));
    await fc.assert(
      fc.asyncProperty(crowd, fc.constantFrom(400, 413, 422), async ([count, guiltyIndexes], status) => {
        const events = packables(count);
        const guilty = idsWhere(events, (index) => guiltyIndexes.includes(index));

        const { requests, verdicts, ofKind } = await run(events, refusing(guilty, status));

        expect(new Set(ofKind('refused'))).toEqual(guilty);
        expect(ofKind('delivered')).toHaveLength(count - guilty.size);
        expect([...verdicts.values()].every((given) => given.length === 1)).toBe(true);
        for (const id of guilty) expect(requests).toContainEqual([id]);
        for (const id of ofKind('delivered')) expect(requests.filter((ids) => ids.includes(id) && refusing(guilty)(ids) === DELIVERED)).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  it('needs at most 15 requests for one guilty event in 100, so at most 150 for 1,000 with 1 % guilty, wherever they are', async () => {
    const counts: number[] = [];
    for (let position = 0; position < 100; position += 1) {
      const events = packables(100);
      const { requests } = await run(events, refusing(idsWhere(events, (index) => index === position)));
      counts.push(requests.length);
    }

    expect(Math.max(...counts)).toBe(15);

    const events = packables(1_000);
    const { requests, ofKind } = await run(events, refusing(idsWhere(events, (index) => index % 100 === 0)));
    expect(requests).toHaveLength(150);
    expect(ofKind('delivered')).toHaveLength(990);
  });

  it('does not try as a whole what it knows to be guilty', async () => {
    const events = packables(4);

    const { requests } = await run(events, refusing(new Set(['e3'])));

    expect(requests).toEqual([['e0', 'e1', 'e2', 'e3'], ['e0', 'e1'], ['e2'], ['e3']]);
  });

  it('infers nothing from a half that was not decided', async () => {
    const { requests } = await run(packables(8), (_, index) => (index === 1 ? { kind: 'returned', cause: 'rate_limited' } : index === 0 ? refused() : DELIVERED));

    expect(requests.map((ids) => ids.length)).toEqual([8, 4, 4]);
  });

  it('never infers from 413: each half is tried', async () => {
    const { requests, ofKind } = await run(packables(4), (ids) => (ids.length > 2 ? refused(413) : DELIVERED));

    expect(requests).toEqual([['e0', 'e1', 'e2', 'e3'], ['e0', 'e1'], ['e2', 'e3']]);
    expect(ofKind('delivered')).toHaveLength(4);
  });

  it('refuses nobody when only the company was refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 1, max: 99 }), fc.constantFrom(400, 413, 422), async (count, most, status) => {
        const { ofKind } = await run(packables(count), (ids) => (ids.length > most ? refused(status) : DELIVERED));

        expect(ofKind('delivered')).toHaveLength(count);
      }),
    );
  });

  it('stops splitting at the cap and returns what is left, undecided', async () => {
    const events = packables(1_000);

    const { requests, verdicts, ofKind } = await run(events, () => refused());

    const returned = ofKind('returned');
    expect(requests).toHaveLength(10 + MAX_SPLIT_REQUESTS);
    expect(returned.length + ofKind('refused').length).toBe(1_000);
    for (const id of returned) expect(verdicts.get(id)).toEqual([{ kind: 'returned', cause: 'split_limit' }]);
    for (const id of ofKind('refused')) expect(requests).toContainEqual([id]);
  });

  it('refuses nobody who was not refused alone, whatever is answered', async () => {
    const answers = fc.infiniteStream(fc.constantFrom<Verdict>(DELIVERED, refused(400), refused(413), refused(422), { kind: 'returned', cause: 'rate_limited' }));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 250 }), answers, async (count, stream) => {
        const given: Verdict[] = [];
        const { requests, verdicts } = await run(packables(count), () => {
          const { value } = stream.next();
          given.push(value);
          return value;
        });

        expect(verdicts.size).toBe(count);
        for (const [id, [verdict, ...more]] of verdicts) {
          expect(more).toEqual([]);
          const alone = requests.findIndex((ids) => ids.length === 1 && ids[0] === id);
          if (verdict?.kind === 'refused') expect(given[alone]).toBe(verdict);
          if (verdict?.kind === 'delivered') expect(requests.some((ids, index) => ids.includes(id) && given[index]?.kind === 'delivered')).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
