import { Liquid } from 'liquidjs';

import { timestampRead } from './constants.ts';
import { filtersIn } from './liquid-text.ts';

/** What a template makes of a moment. */
interface Misreading {
  readonly moment: string;
  readonly printed: string;
  /** Undefined when it is no date. */
  readonly read: string | undefined;
}

/** Days that are no months, an afternoon, and the hour after midnight: what a wrong format confuses. */
const MOMENTS = ['2026-01-02T03:04:05.678Z', '2026-11-12T22:33:44.321Z', '2026-03-31T00:30:15.007Z'];
/** How much of a moment may be left: down to the month, the day, the hour, the minute, the second or the millisecond. */
const LEFT_CHARS = [7, 10, 13, 16, 19, 23];
const ZERO = '0000-01-01T00:00:00.000Z';
const OUTPUT = /\{\{-?(.*?)-?\}\}/gs;
/** A width that it would take long to fill up. */
const HUGE_WIDTH = /%\D?\d{3}/;
/** The bridge's functions run in UTC, wherever this runs. */
const ENGINE = new Liquid({ timezoneOffset: 0 });

/** A moment that a template of Liquid's filter date prints so that another is read, or none; undefined if there is none, or it prints more than dates. */
export function misreading(text: string): Misreading | undefined {
  for (const moment of MOMENTS) {
    const printed = print(text, moment);
    if (printed === undefined) return undefined;
    const read = timestampRead(printed);
    if (read === undefined || !isPartOf(moment, read)) return { moment, printed, read };
  }
  return undefined;
}

function print(text: string, moment: string): string | undefined {
  const printed = text.replaceAll(OUTPUT, (tag: string, expression: string) => {
    const { name, argument } = filtersIn(expression).at(-1) ?? { name: '', argument: '' };
    const isPlain = argument === '' || (/^(?:"[^"]*"|'[^']*')$/.test(argument) && !HUGE_WIDTH.test(argument));
    return name === 'date' && isPlain ? String(ENGINE.parseAndRenderSync(`{{ moment | date${argument === '' ? '' : `: ${argument}`} }}`, { moment })) : tag;
  });
  return printed === text || /\{\{|\{%/.test(printed) ? undefined : printed.trim();
}

function isPartOf(moment: string, read: string): boolean {
  const readMs = Date.parse(read);
  // Forms without a zone that only JavaScript's own parser knows are read in this machine's.
  const here = readMs - new Date(readMs).getTimezoneOffset() * 60_000;
  return LEFT_CHARS.map((chars) => Date.parse(moment.slice(0, chars) + ZERO.slice(chars))).some((expected) => expected === readMs || expected === here);
}
