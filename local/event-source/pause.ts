/** Waits, at most until the signal is aborted. Never rejects. */
export function pause(millis: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true || millis <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', settle);
      resolve();
    };
    const timer = setTimeout(settle, millis);
    signal?.addEventListener('abort', settle, { once: true });
  });
}
