import { placeText } from '../input/entry.ts';
import { printable, unbroken, visible, wrap } from '../text.ts';
import { eventText, unmatchedLines } from './event-text.ts';
import { BROKEN_WORDS } from './report.ts';
import type { BrokenEntry, Report } from './report.ts';

/** So many events are shown in full; after them only those with a problem. */
export const SHOWN_IN_FULL = 50;
/** Of problems alike so many are shown. */
export const SHOWN_ALIKE = 20;

const SHORTENED = `(From here on only problems are shown, at most ${SHOWN_ALIKE} of a kind. All: --verbose)\n`;

interface TextReportOptions {
  readonly triggers: ReadonlyMap<string, string>;
  readonly isVerbose: boolean;
  /** The closing paragraph. */
  readonly summary: () => string;
}

/** A preview for people. */
export function textReport({ triggers, isVerbose, summary }: TextReportOptions): Report {
  const arrivedByKind = new Map<string, number>();
  let events = 0;
  let hasShownTriggers = false;

  const unmatched = (): readonly string[] => {
    const lines = unmatchedLines(triggers, !hasShownTriggers);
    hasShownTriggers = true;
    return lines;
  };

  /** Counts one more problem of a kind, and says whether it is shown. */
  const admit = (kind: string): boolean => {
    const arrived = (arrivedByKind.get(kind) ?? 0) + 1;
    arrivedByKind.set(kind, arrived);
    return isVerbose || arrived <= SHOWN_ALIKE;
  };

  return {
    event(event) {
      events += 1;
      const { fate } = event.outcome;
      const isShownProblem = fate.kind === 'quarantined' ? admit(fate.reason) : event.repeated.length > 0 && admit('repeated id');
      const isShown = isVerbose || events <= SHOWN_IN_FULL || isShownProblem;
      const note = events === SHOWN_IN_FULL + 1 && !isVerbose ? SHORTENED : '';
      return note + (isShown ? printable(eventText(event, fate.kind === 'filtered' ? unmatched() : [])) : '');
    },
    broken: (entry) => (admit(entry.kind) ? brokenText(entry) : ''),
    end: () => printable(summary()),
  };
}

/** One place of the input that holds no event, for people. */
export function brokenText({ kind, place, problem }: BrokenEntry): string {
  return printable(`${wrap(`${BROKEN_WORDS[kind]}: ${unbroken(placeText(place))} ${visible(problem)}`, '')}\n`);
}
