import type { Fate } from '../../../lambda/forward/fate.ts';
import { placeText } from '../../input/entry.ts';
import { besideOrBelow, column, count, printable, unbroken, visible, wrap } from '../../text.ts';
import type { Outcome } from '../evaluate.ts';
import { FATE_TEXTS, headWords } from '../event-text.ts';
import { brokenText, SHOWN_IN_FULL } from '../text-report.ts';
import type { Change } from './compare.ts';
import { transactionIdAdvice } from './report.ts';
import type { DiffReport } from './report.ts';
import type { DiffTally } from './tally.ts';

/** Names of the two mappings files. */
interface Sides {
  readonly before: string;
  readonly after: string;
}

const SHORTENED = `Only the first ${SHOWN_IN_FULL} changes and the errors are shown. All: --verbose\n`;

/** A comparison for people. */
export function diffTextReport(names: Sides, isVerbose: boolean): DiffReport {
  let arrived = 0;
  /** Counts one more, and says whether it is shown. */
  const admit = (isError: boolean): boolean => {
    arrived += 1;
    return isVerbose || isError || arrived <= SHOWN_IN_FULL;
  };
  return {
    event({ place, value, before, outcome, changes }) {
      if (!admit(changes.some(({ kind }) => kind === 'transaction_id'))) return '';
      return printable(`${besideOrBelow(headWords(value), placeText(place), '    ')}\n${changesText(changes, before, outcome)}\n`);
    },
    broken: (entry) => (admit(false) ? brokenText(entry) : ''),
    end: (tally) => printable(`${diffSummary(tally, names)}${arrived > SHOWN_IN_FULL && !isVerbose ? SHORTENED : ''}`),
  };
}

/** The fate if it changes, then each mapping with what changes in its usage event. */
function changesText(changes: readonly Change[], before: Outcome, after: Outcome): string {
  const ofMappings = changes.filter((change) => change.kind !== 'fate');
  const groups = [...Map.groupBy(ofMappings, ({ mapping }) => mapping)];
  const fate = ofMappings.length === changes.length ? [] : [wrap(`${fateName(before.fate)} → ${fateName(after.fate)}${detailOf(after.fate)}`, '    ')];
  const lines = groups.map(([mapping, group]) => [`    ${visible(mapping)}`, ...group.map((change) => wrap(changeText(change), '      '))].join('\n'));
  return [...fate, ...lines].join('\n');
}

function fateName(fate: Fate): string {
  return fate.kind === 'quarantined' ? `quarantined, ${fate.reason}` : FATE_TEXTS[fate.kind];
}

function detailOf(fate: Fate): string {
  return fate.kind === 'quarantined' && fate.detail !== undefined ? `: ${visible(fate.detail)}` : '';
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

function diffSummary(tally: DiffTally, { before, after }: Sides): string {
  if (tally.events === 0) return 'No event was found.\n';
  const rows: readonly (readonly [number, string])[] = [
    [tally.transactionIdChanged, 'get another transaction_id: ERROR'],
    [tally.nowQuarantined, 'now quarantined'],
    [tally.nowSent, 'now give a usage event'],
    [tally.noLongerSent, 'no longer give a usage event that they gave'],
    [tally.additionallySent, 'give one more usage event than before'],
    [tally.broken, 'broken, in the input'],
    [tally.notRead, 'not read, of the files and folders'],
  ];
  const shownRows = rows.filter(([amount]) => amount > 0).map(([amount, text]) => `  ${column(amount)} ${text}\n`);
  const fields = Object.entries(tally.fields).map(([field, amount]) => `${field} ${amount.toLocaleString('en-US')}`);
  const fieldRow = fields.length === 0 ? '' : `${wrap(`events in which a field changes: ${fields.join(', ')}`, '  ')}\n`;
  const error = tally.transactionIdChanged > 0 ? `${wrap(`ERROR: ${transactionIdAdvice(tally)}`, '')}\n` : '';
  const changed = `${unbroken(visible(before))} → ${unbroken(visible(after))}: ${tally.changed.toLocaleString('en-US')} of ${count(tally.events, 'event')} would change`;
  return `${wrap(changed, '')}\n${shownRows.join('')}${fieldRow}${error}`;
}
