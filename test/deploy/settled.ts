import { queueCounts } from '../../cli/operator/queue-counts.ts';
import { otherFates } from './books.ts';
import { eventually } from './eventually.ts';
import { readFates } from './ledger.ts';
import type { PlannedEvent } from './planned-event.ts';
import type { Run } from './run-context.ts';

const MAX_SHOWN = 3;

/** Waits until the ledger says of each of these events what it has to. */
export async function untilSettled(run: Run, planned: readonly PlannedEvent[]): Promise<void> {
  await eventually(`${planned.length} events with their fates in the ledger`, run.patienceMs, async () => {
    const others = otherFates(planned, await readFates(run));
    if (others.length === 0) return undefined;
    return `${others.length} otherwise: ${others.slice(0, MAX_SHOWN).join('; ')}. ${await queueText(run)}`;
  });
}

/** Waits until the events queue is empty and the dead letters are so many. */
export async function untilQueuesHold(run: Run, deadLetters: number): Promise<void> {
  await eventually(`an empty queue and ${deadLetters} dead letters`, run.patienceMs, async () => {
    const counts = await countsOf(run);
    return counts.waiting === 0 && counts.deadLetters === deadLetters ? undefined : queueText(run);
  });
}

function countsOf({ clients: { sqs }, stack }: Run) {
  return queueCounts({ sqs, queueUrl: stack.queueUrl, deadLettersUrl: stack.deadLettersUrl });
}

async function queueText(run: Run): Promise<string> {
  const { waiting, deadLetters } = await countsOf(run);
  return `${waiting} in the queue, ${deadLetters} dead letters`;
}
