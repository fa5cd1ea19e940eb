import { describe, expect, it } from '@jest/globals';

import { merge } from '../../../cli/ledger/merge.ts';

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

async function* upTo(length: number): AsyncGenerator<number> {
  for (let value = 0; value < length; value += 1) yield value;
}

describe('merge', () => {
  it('gives everything of all of them, each in its own order', async () => {
    const values = await collect(merge([3, 0, 1, 40], 2, async function* (length) {
      for await (const value of upTo(length)) yield { length, value };
    }));

    for (const length of [3, 0, 1, 40]) expect(values.filter((one) => one.length === length).map(({ value }) => value)).toEqual(Array.from({ length }, (_, index) => index));
  });

  it('has so many open at once and no more', async () => {
    const open = { now: 0, most: 0 };
    await collect(merge(Array.from({ length: 20 }), 3, async function* () {
      open.now += 1;
      open.most = Math.max(open.most, open.now);
      yield* upTo(2);
      open.now -= 1;
    }));

    expect(open).toEqual({ now: 0, most: 3 });
  });

  it('works ahead by one value, however slow its reader', async () => {
    let made = 0;
    const values = merge([1], 1, async function* () {
      for await (const value of upTo(100)) {
        made += 1;
        yield value;
      }
    });

    await values.next();
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(made).toBe(2);
    await values.return(undefined);
  });

  it.each([['a failure'], ['a reader that has enough']])('closes the others after %s', async (ending) => {
    const closed: string[] = [];
    const values = merge(['one', 'two'], 2, async function* (name) {
      try {
        yield name;
        if (name === 'one' && ending === 'a failure') throw new Error('one failed');
        yield* upTo(1_000);
      } finally {
        closed.push(name);
      }
    });

    if (ending === 'a failure') await expect(collect(values)).rejects.toThrow('one failed');
    else for await (const _ of values) break;

    expect(closed.toSorted()).toEqual(['one', 'two']);
  });
});
