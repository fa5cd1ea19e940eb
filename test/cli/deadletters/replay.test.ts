import { describe, expect, it } from '@jest/globals';
import { ListMessageMoveTasksCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';

import { replayWith } from '../../../cli/deadletters/replay.ts';
import type { Operator } from '../../../cli/operator/operator.ts';
import { ioDouble } from '../io-double.ts';
import { operatorWith, queueDouble } from './queue-double.ts';

const letters = (amount: number) => Array.from({ length: amount }, (_, index) => ({ MessageId: `sqs-${index}`, Body: '{}' }));
const COMMAND = 'npm run bridge -- deadletters replay';

async function replayed(operator: Operator, flags: { readonly yes?: boolean; readonly json?: boolean } = { yes: true }) {
  const double = ioDouble('/nowhere');
  const status = await replayWith(operator, { rate: 1_000, ...flags }, COMMAND, double.io);
  return { status, out: double.out().replaceAll(/\s+/g, ' ').trim(), err: double.err().replaceAll(/\s+/g, ' '), lines: double.outLines };
}

describe('deadletters replay', () => {
  it('says how many went back', async () => {
    expect(await replayed(queueDouble(letters(12)).operator)).toMatchObject({ status: 0, out: '12 dead letters put back into the events queue.' });
  });

  it('fails if some are in the hands of another command, and says until when', async () => {
    const none = await replayed(queueDouble([], { inHand: 10 }).operator);
    const some = await replayed(queueDouble(letters(2), { inHand: 10 }).operator);
    const json = await replayed(queueDouble(letters(2), { inHand: 10 }).operator, { yes: true, json: true });

    expect(none).toMatchObject({ status: 1, out: expect.stringMatching(/^0 dead letters put back into the events queue\. 10 letters stayed: another command, or one that was stopped, has them in hand for up to a minute\. Run it again then: npm run bridge -- deadletters replay --yes$/) });
    expect(some).toMatchObject({ status: 1, out: expect.stringMatching(/^2 dead letters put back into the events queue\. 10 letters stayed/) });
    expect(json.lines()).toEqual([{ summary: { deadLetters: 12, moved: 2, left: 10, dryRun: false } }]);
    expect(json.status).toBe(1);
  });

  it('says that there was nothing to do', async () => {
    expect(await replayed(queueDouble([]).operator)).toMatchObject({ status: 0, out: 'No dead letters in the stack Test: nothing to replay.' });
    expect(await replayed(queueDouble([]).operator, {})).toMatchObject({ status: 0, out: 'No dead letters in the stack Test: nothing to replay.' });
  });

  it('tells how many went back before something broke', async () => {
    await expect(replayed(queueDouble(letters(25), { failsAt: 2 }).operator)).rejects.toThrow(/can't be moved \(connect ECONNREFUSED\).* 20 dead letters had been put back by then\.$/);
    await expect(replayed(queueDouble(letters(25), { failsAt: 0 }).operator)).rejects.not.toThrow(/by then/);
  });

  it('names what may have brought them here before it sends them: a crash, or a long outage', async () => {
    const { status, out } = await replayed(queueDouble(letters(2)).operator, {});

    expect(out).toMatch(/^2 dead letters in the stack Test\. .*crashed.*outage.*Nothing was sent\. To send them: npm run bridge -- deadletters replay --yes$/);
    expect(status).toBe(0);
  });

  it('says that SQS gives new ids to what it moves by itself', async () => {
    const operator = operatorWith(async (command) => {
      if (command instanceof StartMessageMoveTaskCommand) return { TaskHandle: 'task' };
      if (command instanceof ListMessageMoveTasksCommand) return { Results: [{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 7 }] };
      return { Attributes: { QueueArn: 'arn', ApproximateNumberOfMessages: '7' } };
    });

    expect(await replayed(operator)).toMatchObject({ status: 0, out: expect.stringMatching(/^7 dead letters put back into the events queue\. SQS gave them new ids: to follow one, trace it by its messageId\.$/) });
  });
});
