import { scanJson } from './scan.ts';
import type { JsonPiece } from './scan.ts';

/** A member of an object, or an element of an array (with its index as the key), by its place in the text. */
export interface JsonMember {
  readonly key: string;
  /** Where the member begins: its key, or the element itself. */
  readonly from: number;
  readonly valueFrom: number;
  readonly to: number;
}

/**
 * The members of the container that begins at `start`.
 * @param text JSON, so that what is found is right
 * @returns none if no container begins there
 */
export function membersAt(text: string, start = 0): readonly JsonMember[] {
  const pieces = [...scanJson(text.slice(start))];
  const opening = pieces[0]?.text;
  if (opening !== '{' && opening !== '[') return [];
  const members: JsonMember[] = [];
  let at = 1;
  while (!isClosing(pieces[at])) {
    const valueAt = opening === '{' ? at + 2 : at;
    const end = endOfValue(pieces, valueAt);
    const key = opening === '{' ? textOf(pieces[at]) : String(members.length);
    members.push({ key, from: start + fromOf(pieces[at]), valueFrom: start + fromOf(pieces[valueAt]), to: start + (pieces[end]?.to ?? 0) });
    at = pieces[end + 1]?.text === ',' ? end + 2 : end + 1;
  }
  return members;
}

/** Sets a member of an object to a value, both JSON; a new one comes after the first, which is the name of what it belongs to. */
export function withMember(text: string, key: string, value: string): string {
  const members = membersAt(text);
  const present = members.find((member) => member.key === key);
  if (present !== undefined) return text.slice(0, present.valueFrom) + value + text.slice(present.to);
  const [first] = members;
  const added = `${JSON.stringify(key)}: ${value}`;
  if (first === undefined) return `{\n  ${added}\n}`;
  return `${text.slice(0, first.to)},\n  ${added}${text.slice(first.to)}`;
}

function endOfValue(pieces: readonly JsonPiece[], start: number): number {
  let depth = 0;
  for (let at = start; at < pieces.length; at += 1) {
    const { text = '' } = pieces[at] ?? {};
    if (text === '{' || text === '[') depth += 1;
    if (text === '}' || text === ']') depth -= 1;
    if (depth === 0) return at;
  }
  return pieces.length;
}

function isClosing(piece: JsonPiece | undefined): boolean {
  return piece === undefined || piece.text === '}' || piece.text === ']';
}

function fromOf(piece: JsonPiece | undefined): number {
  return piece?.from ?? 0;
}

function textOf(piece: JsonPiece | undefined): string {
  const value: unknown = JSON.parse(piece?.text ?? 'null');
  return String(value);
}
