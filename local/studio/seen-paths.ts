import { isContainer } from '../../lambda/json-value.ts';
import { eventIn } from './parsed-event.ts';
import { textOf } from './run.ts';
import type { Runs } from './runs.ts';
import { pathOf } from './sources.ts';

/** So many of the latest events are looked through. */
const LOOKED_THROUGH = 200;
/** Of one event: a hostile one has thousands. */
const MAX_PATHS_AN_EVENT = 300;
const MAX_PATHS = 500;
const MAX_DEPTH = 8;
const MAX_NAME_CHARS = 80;
/** A name that a path can't hold: at these it would be cut. */
const UNREACHABLE = /[.[\]"'\p{Cc}]/u;

/** The paths that recent events have, the most frequent first. */
export function seenPaths(runs: Runs): readonly string[] {
  const counts = new Map<string, number>();
  let left = LOOKED_THROUGH;
  for (const { run } of runs.before(Number.POSITIVE_INFINITY)) {
    if (left === 0) break;
    left -= 1;
    const event = eventIn(textOf(run))?.ordinary;
    for (const path of pathsOf(event).take(MAX_PATHS_AN_EVENT)) counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return [...counts].toSorted(([a, seenA], [b, seenB]) => seenB - seenA || (a < b ? -1 : 1)).map(([path]) => path).slice(0, MAX_PATHS);
}

function* pathsOf(value: unknown, keys: readonly string[] = []): Generator<string> {
  if (keys.length > 0) yield pathOf(keys);
  if (!isContainer(value) || keys.length === MAX_DEPTH) return;
  // The first item stands for all of them.
  const members = Array.isArray(value) ? Object.entries(value).slice(0, 1) : Object.entries(value);
  for (const [name, member] of members) {
    if (name !== '' && name.length <= MAX_NAME_CHARS && !UNREACHABLE.test(name)) yield* pathsOf(member, [...keys, name]);
  }
}
