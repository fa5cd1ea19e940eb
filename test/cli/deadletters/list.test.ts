import { describe, expect, it } from '@jest/globals';

import { deadLettersText, listWith } from '../../../cli/deadletters/list.ts';
import type { Letter } from '../../../cli/deadletters/letter.ts';
import { ioDouble } from '../io-double.ts';
import { queueDouble } from './queue-double.ts';

const letters = (amount: number): readonly Letter[] => Array.from({ length: amount }, (_, index) => ({ sqsMessageId: `sqs-${index}`, messageId: `m-${index}`, acceptedAt: undefined, receives: 300, daysLeft: index }));
const queue = (messages: number) => ({ arn: '', messages, retentionSeconds: 0 });
const textOf = (shown: number, all: number): string => deadLettersText(letters(shown), queue(all), 'the stack Bridge').replaceAll(/\s+/g, ' ');

describe('deadletters list', () => {
  it.each([
    [2, 2, /^2 dead letters in the stack Bridge\. sqs-0/],
    [3, 40, /^40 dead letters in the stack Bridge\. Here are 3 of them: any that SQS handed out, not those that it deletes first\. sqs-0/],
    [0, 10, /^10 dead letters in the stack Bridge\. None can be looked at now: another command, or one that was stopped, has them in hand for up to a minute\./],
    [0, 0, /^No dead letters in the stack Bridge\. $/],
  ])('shows %d of %d', (shown, all, says) => {
    expect(textOf(shown, all)).toMatch(says);
  });

  it('names what may have brought them here: a crash, or a long outage', () => {
    expect(textOf(1, 1)).toMatch(/crashed on it each time, or an outage outlasted its tries/);
  });

  it('names the command that sends them again, for the same bridge', async () => {
    const double = ioDouble('/nowhere');
    const status = await listWith(queueDouble([{ MessageId: 'sqs-1', Body: '{}' }]).operator, { limit: 10, local: true, target: 'sandbox' }, double.io);

    expect(double.out()).toContain('\nTo send them again:\n  npm run bridge -- deadletters replay --local --target sandbox\n');
    expect(status).toBe(1);
  });
});
