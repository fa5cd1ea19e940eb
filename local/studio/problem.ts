/** A request of the page that can't be done: the sentence is for the person in front of it, with the next step. */
export class StudioProblem extends Error {
  override readonly name = 'StudioProblem';
  readonly status: number;

  /** @param status of HTTP, 400 to 599 */
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}
