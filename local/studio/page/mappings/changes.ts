import { withMember } from '../json/members.ts';
import { isJson } from '../json/scan.ts';
import { say } from '../parts/toast.tsx';
import { draft, setEntries } from './draft.ts';
import { freeName, newEntry, readEntry } from './entry.ts';

/** Each change of the list gives the place of the entry that is to be shown then. */
function entries(): readonly string[] {
  return draft.peek().apart?.entries ?? [];
}

export function addEntry(): number {
  setEntries([...entries(), newEntry(namesOf(entries()))]);
  return entries().length - 1;
}

/** The copy is off: two mappings that match the same events would bill them twice. */
export function copyEntry(index: number): number {
  const text = entries()[index];
  if (text === undefined || !isJson(text)) return index;
  const name = freeName(`${readEntry(text).name} copy`, namesOf(entries()));
  const copied = withMember(withMember(text, 'name', JSON.stringify(name)), 'enabled', 'false');
  setEntries(entries().toSpliced(index + 1, 0, copied));
  return index + 1;
}

export function setMember(index: number, key: string, value: unknown): void {
  const text = entries()[index];
  if (text !== undefined && isJson(text)) editEntry(index, withMember(text, key, JSON.stringify(value)));
}

export function editEntry(index: number, text: string): void {
  if (entries()[index] !== text) setEntries(entries().with(index, text));
}

/** @param by -1 or 1 */
export function moveEntry(index: number, by: number): number {
  const text = entries()[index];
  const to = index + by;
  if (text === undefined || to < 0 || to >= entries().length) return index;
  setEntries(entries().toSpliced(index, 1).toSpliced(to, 0, text));
  return to;
}

/** @param brought called with its place if it is brought back */
export function deleteEntry(index: number, brought: (index: number) => void): void {
  const text = entries()[index];
  if (text === undefined) return;
  const { name } = readEntry(text);
  setEntries(entries().toSpliced(index, 1));
  say(`Deleted the mapping ${name === '' ? '' : `“${name}”`}. It is gone from the file once you save.`, () => {
    setEntries(entries().toSpliced(index, 0, text));
    brought(index);
  });
}

function namesOf(texts: readonly string[]): readonly string[] {
  return texts.map((text) => readEntry(text).name);
}
