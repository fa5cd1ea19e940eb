import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { jsonLines } from '../json-text.ts';
import { withOperator } from '../operator/operator.ts';
import type { OperatorOptions } from '../operator/operator.ts';
import { createProgress } from '../progress.ts';
import { count, wrap } from '../text.ts';
import { moveByHand } from './move.ts';
import { describeDeadLetters } from './queue.ts';
import { redrive } from './redrive.ts';
import { POISON_WARNING } from './warning.ts';

export interface ReplayDeadLettersOptions extends OperatorOptions {
  readonly yes?: boolean | undefined;
  /** Letters a second, at most. */
  readonly rate: number;
  readonly json?: boolean | undefined;
}

/** Puts all dead letters back into the events queue; without `yes` it only says how many there are. */
export function replayDeadLetters({ yes, rate, json, ...options }: ReplayDeadLettersOptions, command: string, io: Io): Promise<ExitStatus> {
  return withOperator(options, io, async (operator) => {
    const { arn, messages } = await describeDeadLetters(operator);
    if (yes !== true) {
      await io.stdout.write(json === true ? jsonLines([{ summary: { deadLetters: messages, moved: 0, dryRun: true } }]) : dryText(messages, operator.name, command));
      return EXIT.fine;
    }
    const progress = createProgress(io, undefined);
    let shown = 0;
    const onMoved = async (moved: number): Promise<void> => {
      await progress.advance(0, moved - shown);
      shown = moved;
    };
    try {
      const moved = (await redrive(operator, arn, rate, onMoved, (stop) => tellOfTask(stop, io))) ?? (await moveByHand(operator, rate, io, onMoved));
      await progress.hide();
      await io.stdout.write(json === true ? jsonLines([{ summary: { deadLetters: messages, moved, dryRun: false } }]) : `${count(moved, 'dead letter')} put back into the events queue.\n`);
      return EXIT.fine;
    } finally {
      progress.stop();
    }
  });
}

/** Whoever presses Ctrl-C means to stop it. */
async function tellOfTask(stopCommand: string, io: Io): Promise<void> {
  await io.stderr.write(`${wrap('SQS moves the letters by itself now, also if this command is interrupted. To stop it:', '')}\n  ${stopCommand}\n`);
}

function dryText(messages: number, name: string, command: string): string {
  if (messages === 0) return `No dead letters in ${name}: nothing to replay.\n`;
  return `${wrap(`${count(messages, 'dead letter')} in ${name}. ${POISON_WARNING}`, '')}\n\nNothing was sent. To send them:\n  ${command} --yes\n`;
}
