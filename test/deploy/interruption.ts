/** Ctrl-C in a terminal reaches this process twice: once itself, once handed on by npm. */
const SAME_PRESS_MS = 1_000;
/** How a process says that Ctrl-C ended it: 128 and the signal's number. */
const INTERRUPTED_STATUS = 130;

/** The first SIGINT or SIGTERM aborts what is under way; a later one ends the process at once. */
export function interruptionOf(source: NodeJS.Process, writeError: (text: string) => void): AbortSignal {
  const controller = new AbortController();
  let interruptedAt = 0;
  const interrupt = (): void => {
    if (!controller.signal.aborted) {
      interruptedAt = performance.now();
      writeError('\nInterrupted: clearing up first. Ctrl-C again stops at once and leaves what was deployed.\n');
      controller.abort();
    } else if (performance.now() - interruptedAt > SAME_PRESS_MS) source.exit(INTERRUPTED_STATUS);
  };
  source.on('SIGINT', interrupt);
  source.on('SIGTERM', interrupt);
  return controller.signal;
}
