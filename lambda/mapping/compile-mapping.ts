import { compileWhole, failing } from './compile.ts';
import { MappingError } from './mapping-error.ts';
import type { MappingProblem } from './mapping-error.ts';
import type { Evaluate } from './path.ts';

/**
 * Compiles a mapping of Segment's hosted "Metronome (Actions)" destination into a closure from event to mapped value.
 * The closure is pure and never changes the event or the mapping; it copies event values only where a directive makes new
 * ones, so a mapped object may be shared with the event, and constant parts are frozen. Undefined members are removed at
 * every depth; an undefined array item stays.
 *
 * Throws MappingError, with the place in the mapping, for what hosted's validation refuses: several `@` keys in one object,
 * other keys beside one, unknown directives, wrong arguments. Hosted doesn't validate inside arrays: what is wrong there
 * makes the closure throw once an event reaches it, an object with `@` keys beside others is plain data there, and of
 * several `@` keys the first counts. Also refused, because hosted loses it: a member named `__proto__`.
 *
 * The closure throws MappingError where hosted fails the event, and for an event that isn't an object.
 */
export function compileMapping(mapping: unknown): Evaluate {
  const { problems, evaluate } = inspect(mapping);
  const refused = problems.find(({ kind }) => kind === 'refused');
  if (refused !== undefined) throw refused.error;
  return evaluate;
}

/** Everything that is wrong with a mapping whatever the event: what `compileMapping` refuses, and what fails once reached. */
export function inspectMapping(mapping: unknown): readonly MappingProblem[] {
  return inspect(mapping).problems;
}

interface Inspected {
  readonly problems: readonly MappingProblem[];
  readonly evaluate: Evaluate;
}

function inspect(mapping: unknown): Inspected {
  const problems = new Map<string, MappingProblem>();
  // What is refused is also found when it is compiled: the first word about a place counts.
  const report = (problem: MappingProblem): void => {
    if (!problems.has(problem.error.mappingPath)) problems.set(problem.error.mappingPath, problem);
  };
  try {
    const evaluate = compileWhole(mapping, { path: '', keepsUndefined: false, report }, 'refused');
    return { problems: [...problems.values()], evaluate };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const tooDeep = new MappingError('', 'is nested too deeply.');
    return { problems: [{ kind: 'refused', error: tooDeep }], evaluate: failing(tooDeep) };
  }
}
