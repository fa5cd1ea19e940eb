/** A step saw something else than it has to. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';

  readonly expected: string;
  readonly seen: string;

  constructor(expected: string, seen: string) {
    super(`expected ${expected}; seen ${seen}`);
    this.expected = expected;
    this.seen = seen;
  }
}

/** Nothing was deployed, as there is nowhere to or it isn't allowed: the message says what to do. */
export class NotDeployed extends Error {
  override readonly name = 'NotDeployed';
}

/** What was to be destroyed isn't there. */
export class NothingThere extends Error {
  override readonly name = 'NothingThere';
}

/** @throws StepFailure unless both are the same in JSON */
export function expectSame(what: string, expected: unknown, seen: unknown): void {
  const [wanted, found] = [JSON.stringify(expected), JSON.stringify(seen)];
  if (wanted !== found) throw new StepFailure(`${what} ${wanted}`, found);
}

const MAX_IDS_SHOWN = 5;

/** @throws StepFailure if there is any */
export function expectNone(expected: string, ids: readonly string[]): void {
  if (ids.length === 0) return;
  const more = ids.length > MAX_IDS_SHOWN ? ` and ${ids.length - MAX_IDS_SHOWN} more` : '';
  throw new StepFailure(expected, `${ids.length} otherwise: ${ids.slice(0, MAX_IDS_SHOWN).join(', ')}${more}`);
}
