import { checkBilling } from '../books.ts';
import { foreignEvent, goodEvents, incompleteEvent } from '../planned-event.ts';
import type { Run } from '../run-context.ts';
import { sendMixed } from '../sender.ts';
import { untilSettled } from '../settled.ts';

/** Events of every kind, alone and in a batch, while Metronome is well. */
export async function deliver(run: Run): Promise<string> {
  const planned = [...goodEvents(10), foreignEvent(), incompleteEvent(), ...goodEvents(10), foreignEvent(), incompleteEvent()];
  await sendMixed(run, planned);
  await untilSettled(run, planned);
  checkBilling(run.books, run.metronome);
  return '20 billed, 2 filtered, 2 quarantined';
}
