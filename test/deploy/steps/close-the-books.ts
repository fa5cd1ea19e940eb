import { checkBilling } from '../books.ts';
import type { Run } from '../run-context.ts';
import { untilQueuesHold, untilSettled } from '../settled.ts';

/** Everything once more, when all is over: each event with its one fate, in Metronome once or not at all, nothing waiting. */
export async function closeTheBooks(run: Run): Promise<string> {
  await untilQueuesHold(run, 0);
  await untilSettled(run, [...run.books.values()]);
  checkBilling(run.books, run.metronome);
  return `${run.books.size} events with the fate they had to have, ${run.metronome.billed.size} billed, none twice; queues empty`;
}
