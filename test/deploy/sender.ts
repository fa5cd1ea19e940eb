import { batchRequest, singleRequest } from '../helpers/segment.ts';
import type { SegmentRequest } from '../helpers/segment.ts';
import { sendAll } from '../helpers/segment-sender.ts';
import { enter } from './books.ts';
import type { PlannedEvent } from './planned-event.ts';
import type { Run } from './run-context.ts';
import { StepFailure } from './step-failure.ts';

/** As Segment's hosted queue, which tries for hours; here it is a minute. */
const SENDER = { concurrency: 8, pauseMs: 1_000, maxTries: 60 } as const;

/** Each event as a webhook of its own, signed. */
export function singles(planned: readonly PlannedEvent[], { credentials }: Pick<Run, 'credentials'>): readonly SegmentRequest[] {
  return planned.map(({ event }) => singleRequest(event, credentials));
}

/** All events as one webhook, with the token beside the signature of the first. */
export function batch(planned: readonly PlannedEvent[], { credentials }: Pick<Run, 'credentials'>): SegmentRequest {
  return batchRequest(planned.map(({ event }) => event), credentials);
}

/**
 * Sends as Segment does, again after 429, 5xx or no answer.
 * @param onAnswer called after each final answer
 * @throws StepFailure as soon as one webhook has another final answer than 200
 */
export async function send({ stack }: Pick<Run, 'stack'>, requests: readonly SegmentRequest[], onAnswer: () => void = () => undefined): Promise<void> {
  let refused: StepFailure | undefined;
  await sendAll(requests, {
    ...SENDER,
    webhook() {
      // Asked before each try: when one has failed, the others needn't try for a minute each.
      if (refused !== undefined) throw refused;
      return stack.webhook;
    },
    onAnswer(_, status) {
      if (status !== 200) refused ??= new StepFailure('every webhook answered 200', status === 0 ? 'no answer' : `${status}${isFinal(status) ? '' : ` after ${SENDER.maxTries} tries`}`);
      onAnswer();
    },
  });
  if (refused !== undefined) throw refused;
}

/** What Segment doesn't try again. */
function isFinal(status: number): boolean {
  return status < 500 && status !== 429;
}

/** Enters the events in the books and sends them: half of them alone, the others as one batch. */
export async function sendMixed(run: Run, planned: readonly PlannedEvent[]): Promise<void> {
  enter(run.books, planned);
  const middle = Math.ceil(planned.length / 2);
  await send(run, [...singles(planned.slice(0, middle), run), batch(planned.slice(middle), run)]);
}
