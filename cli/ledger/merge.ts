/**
 * What many generators yield, as it comes, with so many of them open at once. Each waits until its last value was taken, so
 * no more is in memory than one value of each.
 * @throws what the first of them throws; the others are closed
 */
export async function* merge<Item, Value>(items: Iterable<Item>, atOnce: number, open: (item: Item) => AsyncGenerator<Value>): AsyncGenerator<Value> {
  const queue = items[Symbol.iterator]();
  const turns = new Map<AsyncGenerator<Value>, Promise<Turn<Value>>>();
  const openNext = (): void => {
    const next = queue.next();
    if (next.done !== true) advance(open(next.value), turns);
  };
  try {
    for (let opened = 0; opened < atOnce; opened += 1) openNext();
    while (turns.size > 0) {
      const { generator, result } = await Promise.race(turns.values());
      turns.delete(generator);
      if (result.done === true) {
        openNext();
        continue;
      }
      advance(generator, turns);
      yield result.value;
    }
  } finally {
    // allSettled: whoever closes early isn't to hear of what the others were about to say.
    await Promise.allSettled([...turns.keys()].map((generator) => generator.return(undefined)));
    await Promise.allSettled(turns.values());
  }
}

interface Turn<Value> {
  readonly generator: AsyncGenerator<Value>;
  readonly result: IteratorResult<Value>;
}

function advance<Value>(generator: AsyncGenerator<Value>, turns: Map<AsyncGenerator<Value>, Promise<Turn<Value>>>): void {
  const turn = generator.next().then((result) => ({ generator, result }));
  // It may fail while another one's value is being worked on; it is thrown when its turn comes.
  turn.catch(() => undefined);
  turns.set(generator, turn);
}
