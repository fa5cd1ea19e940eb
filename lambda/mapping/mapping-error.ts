/**
 * A mapping that can't be compiled, or a directive that can't be evaluated for one event (hosted: the event fails).
 * `mappingPath` is a JSON pointer into the mapping (RFC 6901), '' for its root; `problem` is the rest of the sentence. Neither
 * ever holds an event's values.
 */
export class MappingError extends Error {
  override readonly name = 'MappingError';
  readonly mappingPath: string;
  readonly problem: string;

  constructor(mappingPath: string, problem: string) {
    super(`${mappingPath === '' ? "The mapping's root" : `The mapping's ${mappingPath}`} ${problem}`);
    this.mappingPath = mappingPath;
    this.problem = problem;
  }
}

/** What is wrong with a mapping, found without an event. */
export interface MappingProblem {
  /** `refused`: hosted's validation refuses the mapping, so every event fails. The other: an event fails that gets there. */
  readonly kind: 'refused' | 'fails_when_reached';
  readonly error: MappingError;
}
