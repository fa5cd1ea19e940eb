import { placeText } from '../input/entry.ts';
import type { Report } from './report.ts';
import { eventText, unmatchedLines } from './event-text.ts';
import { printable, wrap } from '../text.ts';

/** So many events are shown in full; after them only those with a problem. */
export const SHOWN_IN_FULL = 50;
/** Of problems alike so many are shown. */
export const SHOWN_ALIKE = 20;

const SHORTENED = `(From here on only problems are shown, at most ${SHOWN_ALIKE} of a kind. All: --verbose)\n`;

export interface TextReportOptions {
  readonly triggers: ReadonlyMap<string, string>;
  readonly isVerbose: boolean;
  /** The closing paragraph. */
  readonly summary: () => string;
}

/** A preview for people. */
export function textReport({ triggers, isVerbose, summary }: TextReportOptions): Report {
  const shownByKind = new Map<string, number>();
  let events = 0;
  let hasShownTriggers = false;

  const unmatched = (): readonly string[] => {
    const lines = unmatchedLines(triggers, !hasShownTriggers);
    hasShownTriggers = true;
    return lines;
  };

  const isOneTooMany = (kind: string): boolean => {
    const shown = (shownByKind.get(kind) ?? 0) + 1;
    shownByKind.set(kind, shown);
    return !isVerbose && shown > SHOWN_ALIKE;
  };

  return {
    event(event) {
      events += 1;
      const { fate } = event.outcome;
      const isTooMany = fate.kind === 'quarantined' && isOneTooMany(fate.reason);
      const isShown = isVerbose || events <= SHOWN_IN_FULL || (fate.kind === 'quarantined' && !isTooMany);
      const note = events === SHOWN_IN_FULL + 1 && !isVerbose ? SHORTENED : '';
      return note + (isShown ? printable(eventText(event, fate.kind === 'filtered' ? unmatched() : [])) : '');
    },
    broken: ({ place, problem }) => (isOneTooMany('broken input') ? '' : printable(`${wrap(`broken input: ${placeText(place)} ${problem}`, '')}\n`)),
    end: () => printable(summary()),
  };
}
