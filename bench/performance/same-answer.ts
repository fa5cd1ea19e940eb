import { isDeepStrictEqual } from 'node:util';

/** A contender that does something else isn't faster: nothing is reported then. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

/** Longest part of an answer that is shown, in characters. */
const SHOWN_CHARS = 600;

/**
 * Compares as JSON, where the order of members says nothing.
 * @param who whose answer it is, and to what
 * @throws WrongAnswer that shows both
 */
export function mustBeSame(who: string, answer: unknown, expected: unknown): void {
  if (isDeepStrictEqual(asJson(answer), asJson(expected))) return;
  throw new WrongAnswer(`${who} gives a wrong answer, so its time says nothing.\n  expected ${shown(expected)}\n  received ${shown(answer)}`);
}

function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
