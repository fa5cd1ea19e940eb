/** A check that can't be done: the message says what can't be found out and why. It tells nothing of the bridge. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  /** What would make it possible. */
  readonly next: string;

  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.next = next;
  }
}
