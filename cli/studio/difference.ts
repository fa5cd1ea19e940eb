import type { Outcome } from '../../local/studio/services.ts';
import { compare } from '../preview/diff/compare.ts';
import type { Change } from '../preview/diff/compare.ts';
import { count } from '../text.ts';

/** More fields of one event are only counted. */
const SHOWN_FIELDS = 4;
const VALUE_CHARS = 120;

interface Sides {
  readonly before: string;
  readonly after: string;
}

/** Two outcomes of one event in words; undefined if they are alike. */
export function difference(before: Outcome, after: Outcome): Sides | undefined {
  const changes = compare(before, after);
  if (changes.length === 0) return undefined;
  const parts = changes.flatMap((change) => sidesOf(change, before, after));
  const more = parts.length > SHOWN_FIELDS ? [`and ${count(parts.length - SHOWN_FIELDS, 'more change')}`] : [];
  const text = (side: keyof Sides): string => [...parts.slice(0, SHOWN_FIELDS).map((part) => part[side]), ...more].filter((words) => words !== '').join('; ');
  return { before: text('before'), after: text('after') };
}

function sidesOf(change: Change, before: Outcome, after: Outcome): readonly Sides[] {
  switch (change.kind) {
    case 'fate':
      return [{ before: fateText(before), after: fateText(after) }];
    case 'field':
    case 'transaction_id': {
      const field = change.kind === 'field' ? change.field : change.kind;
      return [{ before: `${field}: ${cut(change.before)}`, after: `${field}: ${cut(change.after)}` }];
    }
    case 'additional':
    case 'now_sent':
      return [{ before: `nothing by "${change.mapping}"`, after: `one usage event ${change.kind === 'additional' ? 'more ' : ''}by "${change.mapping}"` }];
    case 'no_longer_sent':
      return [{ before: `a usage event by "${change.mapping}"`, after: `none by "${change.mapping}"` }];
  }
}

function fateText({ fate }: Outcome): string {
  if (fate.kind !== 'quarantined') return fate.kind;
  return fate.field === undefined ? `quarantined: ${fate.reason}` : `quarantined: ${fate.reason} (${fate.field})`;
}

function cut(value = 'nothing'): string {
  return value.length > VALUE_CHARS ? `${value.slice(0, VALUE_CHARS)}…` : value;
}
