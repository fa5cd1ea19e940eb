/** An object of the ledger that can't be read, or not to its end; the others still can. */
export class DamagedObject extends Error {
  override readonly name = 'DamagedObject';
  readonly key: string;
  /** The end of a sentence that begins with the key. */
  readonly problem: string;

  constructor(key: string, problem: string, options?: ErrorOptions) {
    super(`${key} ${problem}.`, options);
    this.key = key;
    this.problem = problem;
  }
}
