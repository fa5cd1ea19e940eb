/**
 * A mapping that can't be compiled, or a directive that can't be evaluated for one event (hosted: the event fails).
 * `mappingPath` is a JSON pointer into the mapping (RFC 6901), '' for its root. The message never holds an event's values.
 */
export class MappingError extends Error {
  override readonly name = 'MappingError';
  readonly mappingPath: string;

  constructor(mappingPath: string, problem: string) {
    super(`${mappingPath === '' ? "The mapping's root" : `The mapping's ${mappingPath}`} ${problem}`);
    this.mappingPath = mappingPath;
  }
}
