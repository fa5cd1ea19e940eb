import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { jsonLines } from '../json-text.ts';
import { withOperator } from '../operator/open-operator.ts';
import type { Operator, OperatorOptions } from '../operator/operator.ts';
import { OperatorError } from '../operator/operator-error.ts';
import { createProgress } from '../progress.ts';
import { count, printable, wrap } from '../text.ts';
import { moveByHand } from './move.ts';
import { describeDeadLetters } from './queue.ts';
import { redrive } from './redrive.ts';
import { CAUSE_WARNING, IN_OTHER_HANDS } from './warning.ts';

export interface ReplayDeadLettersOptions extends OperatorOptions, ReplayFlags {}

interface ReplayFlags {
  readonly yes?: boolean | undefined;
  /** Letters a second, at most. */
  readonly rate: number;
  readonly json?: boolean | undefined;
}

/** How a replay ended. */
interface Replayed {
  readonly moved: number;
  /** Counted before, and not moved: not within reach. */
  readonly left: number;
  /** SQS moved them by itself, which names them anew. */
  readonly haveNewIds: boolean;
}

/** Puts all dead letters back into the events queue; without `yes` it only says how many there are. */
export function replayDeadLetters(options: ReplayDeadLettersOptions, command: string, io: Io): Promise<ExitStatus> {
  return withOperator(options, io, (operator) => replayWith(operator, options, command, io));
}

/** @param command as the user would type it again, without --yes */
export async function replayWith(operator: Operator, { yes, rate, json }: ReplayFlags, command: string, io: Io): Promise<ExitStatus> {
  const { arn, messages } = await describeDeadLetters(operator);
  const replayed = yes === true ? await move(operator, { arn, rate, messages }, io) : undefined;
  const summary = { deadLetters: messages, moved: replayed?.moved ?? 0, left: replayed?.left, dryRun: replayed === undefined };
  await io.stdout.write(json === true ? jsonLines([{ summary }]) : printable(textOf(replayed, messages, operator.name, command)));
  return (replayed?.left ?? 0) === 0 ? EXIT.fine : EXIT.foundProblems;
}

/** @throws OperatorError that says, too, how many were moved before it */
async function move(operator: Operator, { arn, rate, messages }: { readonly arn: string; readonly rate: number; readonly messages: number }, io: Io): Promise<Replayed> {
  const progress = createProgress(io, undefined);
  let shown = 0;
  const onMoved = async (moved: number): Promise<void> => {
    await progress.advance(0, moved - shown);
    shown = moved;
  };
  try {
    const redriven = await redrive(operator, arn, rate, onMoved, (stop) => tellOfTask(stop, io));
    const moved = redriven ?? (await moveByHand(operator, rate, io, onMoved));
    return { moved, left: Math.max(0, messages - moved), haveNewIds: redriven !== undefined };
  } catch (error) {
    if (!(error instanceof OperatorError) || shown === 0) throw error;
    throw new OperatorError(`${error.message} ${count(shown, 'dead letter')} had been put back by then.`, { cause: error });
  } finally {
    await progress.hide();
    progress.stop();
  }
}

/** Whoever presses Ctrl-C means to stop it. */
async function tellOfTask(stopCommand: string, io: Io): Promise<void> {
  await io.stderr.write(`${wrap('SQS moves the letters by itself now, also if this command is interrupted. To stop it:', '')}\n  ${stopCommand}\n`);
}

function textOf(replayed: Replayed | undefined, messages: number, name: string, command: string): string {
  const again = `  ${command} --yes\n`;
  if (messages + (replayed?.moved ?? 0) === 0) return `No dead letters in ${name}: nothing to replay.\n`;
  if (replayed === undefined) return `${wrap(`${count(messages, 'dead letter')} in ${name}. ${CAUSE_WARNING}`, '')}\n\nNothing was sent. To send them:\n${again}`;
  const { moved, left, haveNewIds } = replayed;
  const ids = haveNewIds && moved > 0 ? ' SQS gave them new ids: to follow one, trace it by its messageId.' : '';
  const end = `${count(moved, 'dead letter')} put back into the events queue.${ids}`;
  return left === 0 ? `${wrap(end, '')}\n` : `${wrap(`${end} ${count(left, 'letter')} stayed: ${IN_OTHER_HANDS} Run it again then:`, '')}\n${again}`;
}
