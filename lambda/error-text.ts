/** An error's own words. They may quote what it was about, so of an event's they go to the ledger and never to a log. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The one thing of an unknown error that is safe to log: its class. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
