/** The local run can't start or go on, for a reason a person can mend: its message is one line for them. */
export class LocalRunError extends Error {
  override readonly name = 'LocalRunError';
}

/** An error's own words, for the end of a {@link LocalRunError}. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
