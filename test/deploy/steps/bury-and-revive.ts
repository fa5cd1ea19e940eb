import { ownMember } from '../../../lambda/json-value.ts';
import { checkBilling, enter } from '../books.ts';
import { eventually } from '../eventually.ts';
import { markedEvent } from '../planned-event.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { operate, summaryMember } from '../operate.ts';
import type { Run } from '../run-context.ts';
import { send, singles } from '../sender.ts';
import { untilQueuesHold, untilSettled } from '../settled.ts';
import { expectSame } from '../step-failure.ts';

/** An event for which Metronome is never there ends in the dead letters, is seen there, and delivered when sent again. */
export async function buryAndRevive(run: Run): Promise<string> {
  const planned: PlannedEvent = { event: markedEvent('unavailable'), fate: 'delivered' };
  await send(run, singles([planned], run));
  await untilQueuesHold(run, 1);
  const [first] = await operate(run, ['deadletters', 'list'], 1);
  expectSame('a dead letter', planned.event.messageId, ownMember(ownMember(first, 'letter'), 'messageId'));
  run.metronome.relent('unavailable');
  enter(run.books, [planned]);
  await untilReplayed(run);
  await untilSettled(run, [planned]);
  await untilQueuesHold(run, 0);
  checkBilling(run.books, run.metronome);
  return 'one event, dead after its last receive, listed, put back and billed';
}

/** The letter that was listed is in hand for a second more. */
async function untilReplayed(run: Run): Promise<void> {
  await eventually('the dead letter to be put back', run.patienceMs, async () => {
    const moved = summaryMember(await operate(run, ['deadletters', 'replay', '--yes'], 0), 'moved');
    return moved === 1 ? undefined : `${String(moved)} moved`;
  });
}
