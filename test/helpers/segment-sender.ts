import type { SegmentRequest } from './segment.ts';

/** Sends as Segment's hosted queue does: again after 5xx, 429 or no answer, never after another 4xx. */
export interface SenderOptions {
  /** Asked before each try, as the bridge may come back on another port. */
  readonly webhook: () => string;
  readonly concurrency: number;
  readonly pauseMs: number;
  readonly maxTries: number;
  /** Called after each final answer. */
  readonly onAnswer?: (request: SegmentRequest, status: number) => void;
}

/** Sends all; resolves with the final status of each request, in order. */
export async function sendAll(requests: readonly SegmentRequest[], options: SenderOptions): Promise<number[]> {
  const statuses: number[] = [];
  const queue = requests.entries();
  const worker = async (): Promise<void> => {
    for (const [index, request] of queue) {
      const status = await sendUntilFinal(request, options);
      statuses[index] = status;
      options.onAnswer?.(request, status);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  return statuses;
}

async function sendUntilFinal(request: SegmentRequest, { webhook, pauseMs, maxTries }: SenderOptions): Promise<number> {
  let status = 0;
  for (let attempt = 1; attempt <= maxTries; attempt += 1) {
    if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    status = await statusOf(webhook(), request);
    if (status !== 0 && status !== 429 && status < 500) return status;
  }
  return status;
}

/** 0 if there was no answer, for whatever reason: that is what Segment knows of it, too. */
function statusOf(url: string, { method, headers, body }: SegmentRequest): Promise<number> {
  return fetch(url, { method, headers, body }).then(
    (response) => response.arrayBuffer().then(() => response.status, () => 0),
    () => 0,
  );
}
