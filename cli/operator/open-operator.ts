import { UsageError } from '../io.ts';
import type { Io } from '../io.ts';
import { openLocalOperator } from './local-operator.ts';
import type { Operator, OperatorOptions } from './operator.ts';
import { openStackOperator } from './stack-operator.ts';

/**
 * Opens the bridge that the options name; region and credentials of a stack are as the AWS SDK finds them.
 * @throws UsageError for options that exclude each other
 * @throws OperatorError if there is no such bridge
 */
export async function openOperator(options: OperatorOptions, io: Io): Promise<Operator> {
  if (options.local === true && options.stack !== undefined) throw new UsageError('--local and --stack exclude each other: give one of them.');
  if (options.local === true && options.prefix !== undefined) throw new UsageError('--prefix is of a deployed stack: leave it out with --local.');
  if (options.local !== true && options.target !== undefined) throw new UsageError('--target is of the local run: give --local, too.');
  return options.local === true ? openLocalOperator(options.target, io) : openStackOperator(options, io);
}

/** Opens the bridge, works with it, and closes it however the work ends. */
export async function withOperator<T>(options: OperatorOptions, io: Io, work: (operator: Operator) => Promise<T>): Promise<T> {
  const operator = await openOperator(options, io);
  try {
    return await work(operator);
  } finally {
    operator.close();
  }
}
