import { refusal } from '../../helpers/metronome-stand-in.ts';
import type { Behaviour } from '../../helpers/metronome-stand-in.ts';
import { checkBilling } from '../books.ts';
import { goodEvents, refusedEvent } from '../planned-event.ts';
import type { Run } from '../run-context.ts';
import { sendMixed } from '../sender.ts';
import { untilSettled } from '../settled.ts';
import { expectSame } from '../step-failure.ts';

const SLOW_DOWN: Behaviour = { kind: 'answer', status: 429, headers: { 'retry-after': '1' } };
const FAILURE = refusal(500);
const STORED_BUT_FAILED: Behaviour = { kind: 'answer', status: 500, stores: true };
const STORED_BUT_CUT: Behaviour = { kind: 'cut', stores: true };

/**
 * More than a function tries by itself, so that events go back to the queue, too. The 429 comes first: as the last of three
 * tries it would put the events off for up to two minutes.
 */
const TROUBLES = [SLOW_DOWN, FAILURE, FAILURE, STORED_BUT_FAILED, STORED_BUT_CUT, FAILURE, STORED_BUT_CUT, STORED_BUT_FAILED];

/** Metronome is rate limited, fails, takes events without saying so, and refuses some. */
export async function surviveFaults(run: Run): Promise<string> {
  run.metronome.stumble(TROUBLES);
  const planned = [...goodEvents(30), refusedEvent(), ...goodEvents(30), refusedEvent(), refusedEvent()];
  await sendMixed(run, planned);
  await untilSettled(run, planned);
  expectSame('troubles that Metronome did not get to make', 0, run.metronome.troublesLeft());
  checkBilling(run.books, run.metronome);
  return '60 billed once through 429, 500, 500 after storing, a cut after storing; 3 quarantined after 400';
}
