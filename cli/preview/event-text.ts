import type { Fate } from '../../lambda/forward/fate.ts';
import type { Usage } from '../../lambda/forward/route.ts';
import { USAGE_EVENT_FIELDS } from '../../lib/lint/usage-event-fields.ts';
import { rawMember } from '../../local/sandbox/raw-json.ts';
import { placeText } from '../input/entry.ts';
import type { Place } from '../input/entry.ts';
import { besideOrBelow, flow, visible, wrap } from '../text.ts';
import { typeNote, usageNotes } from './notes.ts';
import { headOf } from './report.ts';
import type { NotedEvent } from './report.ts';

/** Fates as people read them. */
export const FATE_TEXTS = { delivered: 'would be delivered', filtered: 'filtered', quarantined: 'quarantined', returned: 'returned' } as const;
const FATE_WIDTH = FATE_TEXTS.delivered.length;
const INDENT = ' '.repeat(4);

/**
 * An event for people: its fate and name on a line, then what each matching mapping makes of it, or which ones don't match.
 * @param unmatched lines about the mappings that a filtered event doesn't match
 */
export function eventText({ place, value, outcome, repeated }: NotedEvent, unmatched: readonly string[]): string {
  const note = typeNote(value);
  const lines = [headline(outcome.fate, place, value), ...(note === undefined ? [] : [noteText(note, INDENT)])];
  lines.push(...outcome.usage.map((usage) => usageText(usage, repeated.includes(usage))));
  if (outcome.fate.kind === 'filtered') lines.push(...unmatched.map((line) => wrap(line, INDENT)));
  // A fault of the whole event, that no mapping had a part in.
  if (outcome.fate.kind === 'quarantined' && !outcome.usage.some(({ kind }) => kind === 'faulty')) lines.push(wrap(fateSentence(outcome.fate), INDENT));
  return `${lines.join('\n')}\n`;
}

function headline(fate: Fate, place: Place, value: unknown): string {
  return besideOrBelow(`${FATE_TEXTS[fate.kind].padEnd(FATE_WIDTH)}  ${headWords(value)}`, placeText(place), INDENT);
}

export function headWords(value: unknown): string {
  const { type, event } = headOf(value);
  return [type === undefined ? '(no type)' : visible(type), ...(event === undefined ? [] : [JSON.stringify(event)])].join(' ');
}

/** `missing_field: customer_id is missing …`; details name the field themselves. */
function fateSentence(fate: Fate): string {
  if (fate.kind !== 'quarantined') return FATE_TEXTS[fate.kind];
  return fate.detail === undefined ? fate.reason : `${fate.reason}: ${visible(fate.detail)}`;
}

function noteText(note: string, indent: string): string {
  return wrap(`Note: ${note}.`, indent);
}

function usageText(usage: Usage, isRepeated: boolean): string {
  const name = `${INDENT}${visible(usage.mapping)}`;
  if (usage.kind === 'faulty') return `${name}\n${wrap(fateSentence({ kind: 'quarantined', ...usage.fault }), `${INDENT}  `)}`;
  const fields = flow(USAGE_EVENT_FIELDS.map((field) => `${field} ${rawMember(usage.json, field) ?? ''}`), `${INDENT}  `);
  return [name, fields, ...usageNotes(usage, isRepeated).map((note) => noteText(note, `${INDENT}  `))].join('\n');
}

/** With their triggers once; after that the names are enough. */
export function unmatchedLines(triggers: ReadonlyMap<string, string>, withTriggers: boolean): readonly string[] {
  if (triggers.size === 0) return ['no mapping is enabled'];
  if (withTriggers) return [...triggers].map(([name, trigger]) => `doesn't match "${visible(name)}": ${trigger}`);
  return [`doesn't match ${[...triggers.keys()].map((name) => `"${visible(name)}"`).join(', ')}`];
}
