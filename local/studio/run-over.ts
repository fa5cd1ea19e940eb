import { setImmediate as nextTurn } from 'node:timers/promises';

import { compileMappings, MappingsFileError } from '../../lambda/mapping/index.ts';
import type { CompiledMapping } from '../../lambda/mapping/index.ts';
import type { LiveEvent, RunView } from './api.ts';
import { StudioProblem } from './problem.ts';
import { rootOf, textOf } from './run.ts';
import type { Run } from './run.ts';
import type { KeptRun, Runs } from './runs.ts';
import type { Outcome, StudioServices } from './services.ts';

const MAX_EVENTS = 1_000;
const MAX_CHANGES = 200;
/** Webhooks and forward take their turn between so many. */
const EVENTS_A_TURN = 50;

export interface RunOverOptions {
  readonly text: string;
  readonly saved: readonly CompiledMapping[];
  readonly runs: Runs;
  readonly liveEvent: (kept: KeptRun) => LiveEvent;
  readonly services: Pick<StudioServices, 'check' | 'evaluate' | 'difference'>;
}

/**
 * The latest events once each, with the saved mappings and with those of the text, as of when they ran.
 * @throws StudioProblem if the text can't be used
 */
export async function runOver({ text, saved, runs, liveEvent, services }: RunOverOptions): Promise<RunView> {
  const edited = compiled(text, services);
  const [fatesBefore, fatesAfter] = [noFates(), noFates()];
  const changes: RunView['changes'][number][] = [];
  let [events, changed] = [0, 0];
  for (const kept of latestEvents(runs)) {
    if (events % EVENTS_A_TURN === EVENTS_A_TURN - 1) await nextTurn();
    const [before, after] = [saved, edited].map((mappings) => outcomeOf(kept.run, mappings, services));
    if (before === undefined || after === undefined) continue;
    events += 1;
    count(fatesBefore, before);
    count(fatesAfter, after);
    const difference = services.difference(before, after);
    if (difference === undefined) continue;
    changed += 1;
    if (changes.length < MAX_CHANGES) changes.push({ event: liveEvent(kept), ...difference });
  }
  return { events, changes, changed, fatesBefore, fatesAfter };
}

function compiled(text: string, { check }: RunOverOptions['services']): readonly CompiledMapping[] {
  const [problem] = check(text).problems;
  if (problem !== undefined) throw new StudioProblem(422, problem);
  try {
    return compileMappings(text).mappings;
  } catch (error) {
    if (error instanceof MappingsFileError) throw new StudioProblem(422, error.message);
    throw error;
  }
}

/** The newest first. Taken at once: events that pass meanwhile change nothing. */
function latestEvents(runs: Runs): readonly KeptRun[] {
  const latest = new Map<string, KeptRun>();
  for (const kept of runs.before(Number.POSITIVE_INFINITY)) {
    const root = rootOf(kept.run);
    if (!latest.has(root)) latest.set(root, kept);
    if (latest.size === MAX_EVENTS) break;
  }
  return [...latest.values()];
}

function outcomeOf(run: Run, mappings: readonly CompiledMapping[], { evaluate }: RunOverOptions['services']): Outcome {
  return evaluate(textOf(run), mappings, run.at, run.acceptedAt);
}

function noFates(): Record<keyof RunView['fatesBefore'], number> {
  return { delivered: 0, filtered: 0, quarantined: 0 };
}

function count(fates: Record<keyof RunView['fatesBefore'], number>, { fate }: Outcome): void {
  if (fate.kind !== 'returned') fates[fate.kind] += 1;
}
