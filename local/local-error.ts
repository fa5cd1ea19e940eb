/** The local run can't start or go on, for a reason a person can mend: its message is one line for them. */
export class LocalRunError extends Error {
  override readonly name = 'LocalRunError';
}

/** What Node says of a port that can't be had, in words; any other error as it is. */
export function portError(port: number, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return new LocalRunError(`Port ${port} is in use. Stop the program that holds it, or set BRIDGE_PORT to another port (0 takes any free one).`);
  if (code === 'EACCES') return new LocalRunError(`Port ${port} may not be opened by this user. Set BRIDGE_PORT to a port over 1023.`);
  return error;
}
