/** A check that can't be done, for something of the bridge is wrong: the message says what. */
export class AtFault extends Error {
  override readonly name = 'AtFault';
  /** What mends it. */
  readonly next: string;

  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.next = next;
  }
}
