import { ConfigError } from '../../lib/config.ts';
import { StudioProblem } from '../../local/studio/problem.ts';
import { UsageError } from '../io.ts';
import { OperatorError } from '../operator/operator-error.ts';

/** What the operator's tool says to a person is for the page's, too. */
export async function withProblems<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OperatorError || error instanceof UsageError || error instanceof ConfigError) throw new StudioProblem(422, error.message);
    throw error;
  }
}
