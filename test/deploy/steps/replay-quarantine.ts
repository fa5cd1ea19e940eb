import { checkBilling, enter } from '../books.ts';
import { operate, summaryMember } from '../operate.ts';
import type { PlannedEvent } from '../planned-event.ts';
import type { Run } from '../run-context.ts';
import { untilSettled } from '../settled.ts';
import { expectSame } from '../step-failure.ts';

/** What Metronome refused, it takes by now: `bridge quarantine replay` sends it again, and only once. */
export async function replayQuarantine(run: Run): Promise<string> {
  const refused = [...run.books.values()].filter(({ reason }) => reason === 'refused_by_metronome');
  const delivered = refused.map(({ event }): PlannedEvent => ({ event, fate: 'delivered' }));
  run.metronome.relent('refuse');
  const words = ['quarantine', 'replay', '--reason', 'refused_by_metronome', '--yes'];
  expectSame('events replayed', refused.length, summaryMember(await operate(run, words, 0), 'queued'));
  enter(run.books, delivered);
  await untilSettled(run, delivered);
  // A filter that matches nothing any more says so, and ends with 1.
  expectSame('events still open', 0, summaryMember(await operate(run, words, 1), 'open'));
  checkBilling(run.books, run.metronome);
  return `${delivered.length} billed that were refused before`;
}
