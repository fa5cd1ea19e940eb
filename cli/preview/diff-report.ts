import { jsonArray, jsonObject, jsonText } from '../json-text.ts';
import { count, printable, wrap } from '../text.ts';
import { placeText } from '../input/entry.ts';
import type { Change } from './compare.ts';
import type { DiffTally } from './diff-tally.ts';
import type { Outcome } from './evaluate.ts';
import type { Fate } from '../../lambda/forward/fate.ts';
import { FATE_TEXTS, headWords } from './event-text.ts';
import { fateMembers, headMembers, placeMembers } from './json-report.ts';
import type { BrokenEntry, PreviewedEvent } from './report.ts';
import { SHOWN_IN_FULL } from './text-report.ts';

export const TRANSACTION_ID_SENTENCE = 'The same event gets another transaction_id: if it was sent before, and its answer was lost or it is replayed, it is billed under both ids.';

/** An event whose outcome changes. */
export interface ChangedEvent extends PreviewedEvent {
  readonly before: Outcome;
  readonly changes: readonly Change[];
}

/** How a comparison is shown: its parts as text, empty for what isn't shown. */
export interface DiffReport {
  event(event: ChangedEvent): string;
  broken(entry: BrokenEntry): string;
  end(tally: DiffTally): string;
}

export function diffJsonReport(): DiffReport {
  return {
    event({ place, value, before, outcome, changes }) {
      const fates = { before: jsonObject(fateMembers(before.fate)), after: jsonObject(fateMembers(outcome.fate)) };
      return `${jsonObject({ ...placeMembers(place), ...headMembers(value), ...fates, changes: jsonArray(changes.map(changeJson)) })}\n`;
    },
    broken: ({ place, problem }) => `${jsonObject({ ...placeMembers(place), broken: jsonText(problem) })}\n`,
    end: (tally) => `${jsonObject({ summary: jsonText(tally) })}\n`,
  };
}

function changeJson(change: Change): string {
  const common = { change: jsonText(change.kind), mapping: 'mapping' in change ? jsonText(change.mapping) : undefined };
  switch (change.kind) {
    case 'field':
      return jsonObject({ ...common, field: jsonText(change.field), before: change.before, after: change.after });
    case 'transaction_id':
      return jsonObject({ ...common, field: jsonText('transaction_id'), before: change.before, after: change.after, error: jsonText(TRANSACTION_ID_SENTENCE) });
    default:
      return jsonObject(common);
  }
}

export function diffTextReport(names: { readonly before: string; readonly after: string }, isVerbose: boolean): DiffReport {
  let shown = 0;
  const isHidden = (isError: boolean): boolean => {
    shown += 1;
    return !isVerbose && !isError && shown > SHOWN_IN_FULL;
  };
  return {
    event({ place, value, before, outcome, changes }) {
      if (isHidden(changes.some(({ kind }) => kind === 'transaction_id'))) return '';
      return printable(`${headWords(value)}  ${placeText(place)}\n${changesText(changes, before, outcome)}\n`);
    },
    broken: ({ place, problem }) => (isHidden(false) ? '' : printable(`${wrap(`broken input: ${placeText(place)} ${problem}`, '')}\n`)),
    end: (tally) => printable(`${diffSummary(tally, names)}${shown > SHOWN_IN_FULL && !isVerbose ? `Only the first ${SHOWN_IN_FULL} changes and the errors are shown. All: --verbose\n` : ''}`),
  };
}

/** The fate if it changes, then each mapping with what changes in its usage event. */
function changesText(changes: readonly Change[], before: Outcome, after: Outcome): string {
  const ofMappings = changes.filter((change) => change.kind !== 'fate');
  const groups = [...Map.groupBy(ofMappings, ({ mapping }) => mapping)];
  const fate = ofMappings.length === changes.length ? [] : [wrap(`${fateName(before.fate)} → ${fateName(after.fate)}${detailOf(after.fate)}`, '    ')];
  const lines = groups.map(([mapping, group]) => [`    ${mapping}`, ...group.map((change) => wrap(changeText(change), '      '))].join('\n'));
  return [...fate, ...lines].join('\n');
}

function fateName(fate: Fate): string {
  return fate.kind === 'quarantined' ? `quarantined, ${fate.reason}` : FATE_TEXTS[fate.kind];
}

function detailOf(fate: Fate): string {
  return fate.kind === 'quarantined' && fate.detail !== undefined ? `: ${fate.detail}` : '';
}

function changeText(change: Exclude<Change, { kind: 'fate' }>): string {
  switch (change.kind) {
    case 'field':
      return `${change.field} ${change.before ?? '(none)'} → ${change.after ?? '(none)'}`;
    case 'transaction_id':
      return `ERROR: transaction_id ${change.before} → ${change.after}; it could be billed under both`;
    case 'additional':
      return 'one more usage event for the same event; is it meant to be billed twice?';
    case 'now_sent':
      return 'now gives a usage event';
    case 'no_longer_sent':
      return 'gives no usage event any more';
  }
}

function diffSummary(tally: DiffTally, { before, after }: { readonly before: string; readonly after: string }): string {
  const rows: readonly (readonly [number, string])[] = [
    [tally.transactionIdChanged, 'get another transaction_id: ERROR'],
    [tally.nowQuarantined, 'now quarantined'],
    [tally.nowSent, 'now give a usage event'],
    [tally.noLongerSent, 'no longer give a usage event that they gave'],
    [tally.additionallySent, 'give one more usage event than before'],
    [tally.broken, 'broken, in the input'],
  ];
  const shownRows = rows.filter(([amount]) => amount > 0).map(([amount, text]) => `  ${amount.toLocaleString('en-US').padStart(9)} ${text}\n`);
  return `${before} → ${after}: ${tally.changed.toLocaleString('en-US')} of ${count(tally.events, 'event')} would change\n${shownRows.join('')}${tally.transactionIdChanged > 0 ? `${wrap(`ERROR: ${TRANSACTION_ID_SENTENCE}`, '')}\n` : ''}`;
}
