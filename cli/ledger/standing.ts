import { createIdNumbers } from './id-numbers.ts';
import { rootOf } from './ledger-line.ts';
import { createStandings } from './standings.ts';
import type { StandingLine } from './standings.ts';

/**
 * Of an event's lines the one that tells what became of it, by the rule of `createStandings`; undefined if none of them
 * ended a way.
 * @param lines of one root
 */
export function standingOf<T extends { readonly line: StandingLine }>(lines: readonly T[]): T | undefined {
  const ids = createIdNumbers();
  const standings = createStandings(ids);
  const counting = new Map<number, T>();
  for (const one of lines) if (standings.enter(one.line)) counting.set(ids.add(one.line.sqsMessageId), one);
  const [first] = lines;
  const message = first === undefined ? undefined : standings.messageOf(ids.add(rootOf(first.line)));
  return message === undefined ? undefined : counting.get(message);
}
