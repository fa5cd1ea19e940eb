import { letterOf } from '../../deadletters/letter.ts';
import { describeDeadLetters, receiveDeadLetters } from '../../deadletters/queue.ts';
import { count } from '../../text.ts';
import { ask } from '../ask.ts';
import { fail, ok } from '../check.ts';
import type { BridgeContext, Check } from '../check.ts';
import { Unanswered } from '../unanswered.ts';

/** Back in the queue before anybody can miss them. */
const IN_HAND_SECONDS = 1;

export const DEAD_LETTERS: Check<BridgeContext> = {
  name: 'dead letters',
  async run(context) {
    const { operator, flags } = context.bridge;
    const { messages, retentionSeconds } = await ask({ what: 'The queue of dead letters', permission: 'sqs:GetQueueAttributes' }, () => describeDeadLetters(operator));
    if (messages === 0) return ok('None.');
    const days = await daysLeft(context, retentionSeconds);
    const deleted = days === undefined ? '' : `; SQS deletes the first of them in ${days.toFixed(1)} days`;
    return fail(`${count(messages, 'event')} not billed${deleted}.`, `npm run bridge -- deadletters list${flags}`);
  },
};

/** Of those within reach; undefined if none is, or may be received. */
async function daysLeft({ bridge: { operator }, io }: BridgeContext, retentionSeconds: number): Promise<number | undefined> {
  try {
    const letters = await ask({ what: 'The dead letters', permission: 'sqs:ReceiveMessage' }, () => receiveDeadLetters(operator, IN_HAND_SECONDS));
    return letters.length === 0 ? undefined : Math.min(...letters.map((letter) => letterOf(letter, retentionSeconds, io.now()).daysLeft));
  } catch (error) {
    // That there are any is what counts.
    if (error instanceof Unanswered) return undefined;
    throw error;
  }
}
