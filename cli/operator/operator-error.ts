/** The bridge can't be reached, or refuses: the message is one plain sentence for the operator, and the next step. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}
