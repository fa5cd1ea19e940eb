const STEP_MS = 5;

/** Waits for what gives no event of its own. The test's own timeout ends a wait in vain. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, STEP_MS));
}
