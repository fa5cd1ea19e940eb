import { runBridgeProcess } from '../helpers/bridge-process.ts';
import { ownMember } from '../../lambda/json-value.ts';
import type { Run } from './run-context.ts';
import { StepFailure } from './step-failure.ts';

/**
 * Runs the operator's own command line against the stack.
 * @param status the exit status it has to end with
 * @returns its JSON lines
 * @throws StepFailure if it ends otherwise
 */
export async function operate({ stack, mappings }: Run, words: readonly string[], status: number): Promise<readonly unknown[]> {
  const run = await runBridgeProcess([...words, '--json', '--stack', stack.name], environmentWith(mappings));
  if (run.status !== status) throw new StepFailure(`bridge ${words.join(' ')} to end with ${status}`, `${run.status}: ${(run.err || run.out).trim()}`);
  return run.lines();
}

/** A member of the summary that ends a command's output. */
export function summaryMember(lines: readonly unknown[], name: string): unknown {
  return ownMember(ownMember(lines.at(-1), 'summary'), name);
}

/** Without the settings of whoever runs the test: its own mappings are deployed. */
function environmentWith(mappings: string): Record<string, string> {
  const kept = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('BRIDGE_'));
  return { ...Object.fromEntries(kept), BRIDGE_MAPPINGS: mappings };
}
