import { ChangeMessageVisibilityBatchCommand } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';

import { chunks } from '../../lambda/chunks.ts';
import { SQS_MAX_BATCH_ENTRIES } from '../../lambda/limits.ts';
import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { jsonLines } from '../json-text.ts';
import { asOperatorError } from '../operator/aws-problem.ts';
import { withOperator } from '../operator/open-operator.ts';
import type { Operator, OperatorOptions } from '../operator/operator.ts';
import { operatorFlags } from '../operator/options.ts';
import { count, printable, visible, wrap } from '../text.ts';
import { letterOf } from './letter.ts';
import type { Letter } from './letter.ts';
import { describeDeadLetters, receiveDeadLetters } from './queue.ts';
import type { DeadLettersQueue } from './queue.ts';
import { CAUSE_WARNING, IN_OTHER_HANDS } from './warning.ts';

export interface ListOptions extends OperatorOptions {
  readonly json?: boolean | undefined;
  /** The most that are looked at. */
  readonly limit: number;
}

/** Long enough to look at the most that may be asked for, in seconds. */
const IN_HAND_SECONDS = 60;
/** Not 0, which not every emulator takes. */
const RELEASED_AFTER_SECONDS = 1;
const ID_WIDTH = 38;

/** Lists dead letters: each is taken in hand for a moment and put back. */
export function listDeadLetters(options: ListOptions, io: Io): Promise<ExitStatus> {
  return withOperator(options, io, (operator) => listWith(operator, options, io));
}

export async function listWith(operator: Operator, { json, limit, ...options }: ListOptions, io: Io): Promise<ExitStatus> {
  const queue = await describeDeadLetters(operator);
  const messages = await lookAt(operator, limit);
  const letters = messages.map((message) => letterOf(message, queue.retentionSeconds, io.now())).toSorted((one, other) => one.daysLeft - other.daysLeft);
  const isEmpty = letters.length + queue.messages === 0;
  const nextStep = isEmpty ? '' : `\nTo send them again:\n  npm run bridge -- deadletters replay${operatorFlags(options)}\n`;
  await io.stdout.write(json === true ? listJson(letters, queue) : `${deadLettersText(letters, queue, operator.name)}${nextStep}`);
  return isEmpty ? EXIT.fine : EXIT.foundProblems;
}

async function lookAt(operator: Operator, limit: number): Promise<readonly Message[]> {
  const found = new Map<string, Message>();
  try {
    while (found.size < limit) {
      const messages = await receiveDeadLetters(operator, IN_HAND_SECONDS);
      const known = found.size;
      for (const message of messages) found.set(message.MessageId ?? '', message);
      if (found.size === known) break;
    }
  } finally {
    await release(operator, [...found.values()]);
  }
  return [...found.values()].slice(0, limit);
}

async function release({ sqs, deadLettersUrl, name }: Operator, messages: readonly Message[]): Promise<void> {
  for (const batch of chunks(messages, SQS_MAX_BATCH_ENTRIES)) {
    const Entries = batch.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: RELEASED_AFTER_SECONDS }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: deadLettersUrl, Entries })).catch((error: unknown) => {
      throw asOperatorError(error, `The dead letters of ${name}`);
    });
  }
}

/** For people, in lines of 80 characters. */
export function deadLettersText(letters: readonly Letter[], queue: DeadLettersQueue, name: string): string {
  if (letters.length + queue.messages === 0) return `No dead letters in ${name}.\n`;
  const all = Math.max(letters.length, queue.messages);
  const parts = [wrap(`${count(all, 'dead letter')} in ${name}.${shownText(letters.length, all)}`, ''), ...letters.map(letterText), '', wrap(CAUSE_WARNING, '')];
  return printable(`${parts.join('\n')}\n`);
}

function shownText(shown: number, all: number): string {
  if (shown === all) return '';
  return shown === 0 ? ` None can be looked at now: ${IN_OTHER_HANDS}` : ` Here are ${shown} of them: any that SQS handed out, not those that it deletes first.`;
}

function letterText({ sqsMessageId, messageId, acceptedAt, receives, daysLeft }: Letter): string {
  const second = [`accepted ${visible(acceptedAt ?? 'at an unknown time')}`, ...(messageId === undefined ? [] : [`messageId ${visible(messageId)}`])].join(', ');
  return `${visible(sqsMessageId).padEnd(ID_WIDTH)}${daysLeft.toFixed(1)} days left, received ${receives} times\n${wrap(second, '  ')}`;
}

function listJson(letters: readonly Letter[], { messages }: DeadLettersQueue): string {
  return jsonLines([...letters.map((letter) => ({ letter })), { summary: { deadLetters: Math.max(letters.length, messages), shown: letters.length } }]);
}
