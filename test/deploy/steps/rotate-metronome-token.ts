import { checkBilling } from '../books.ts';
import { goodEvents } from '../planned-event.ts';
import { newSecret, putSecret } from '../put-secret.ts';
import type { Run } from '../run-context.ts';
import { sendMixed } from '../sender.ts';
import { untilSettled } from '../settled.ts';

/** Metronome takes only a new token from now on, while functions that are running still hold the old one. */
export async function rotateMetronomeToken(run: Run): Promise<string> {
  const before = run.metronome.wrongTokens();
  const token = newSecret();
  await putSecret(run, run.stack.metronomeTokenSecretArn, token);
  run.metronome.takeOnly(token);
  const planned = goodEvents(20);
  await sendMixed(run, planned);
  await untilSettled(run, planned);
  checkBilling(run.books, run.metronome);
  return `20 billed; 401 to the old token: ${run.metronome.wrongTokens() - before}`;
}
