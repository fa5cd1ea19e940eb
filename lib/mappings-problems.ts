import type { z } from 'zod';

import { duplicateKeys } from './duplicate-keys.ts';
import { keysAt } from './mappings-schema.ts';
import type { MappingDefinition } from './mappings-schema.ts';
import { suggestKey } from './nearest-key.ts';
import { roundedNumbers } from './rounded-numbers.ts';

/** Characters of a wrong value that are shown; the place is named anyway. */
const SHOWN_CHARS = 60;

/** What one issue of the schema says to whoever wrote the file. */
export function shapeProblems(issue: z.core.$ZodIssue, file: unknown): readonly string[] {
  const at = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(issue.path);
    return issue.keys.map((key) => `unknown key ${quoted(key)}${at === '' ? '' : ` in ${at}`}; ${suggestKey(key.slice(0, SHOWN_CHARS), known, (name) => `"${name}"`)}`);
  }
  return [`${at === '' ? 'the file' : at} is ${shown(valueAt(file, issue.path))}; expected ${issue.message}`];
}

/** Every name that an earlier mapping has. */
export function nameProblems(mappings: readonly MappingDefinition[]): readonly string[] {
  const firstIndexes = new Map<string, number>();
  return mappings.flatMap(({ name }, index) => {
    const first = firstIndexes.get(name);
    if (first !== undefined) return [`mappings[${index}].name is ${quoted(name)}, as is mappings[${first}].name; expected a name of its own`];
    firstIndexes.set(name, index);
    return [];
  });
}

/** Every key that an object of the file has twice: only its last value would count. */
export function duplicateProblems(fileText: string): readonly string[] {
  return duplicateKeys(fileText).map(({ key, path }) => `${path.length === 0 ? 'the file' : pathText(path)} has the key ${quoted(key)} twice, and only the last would count; remove one`);
}

/** Every integer of the file that would be billed as another. */
export function roundingProblems(fileText: string): readonly string[] {
  return roundedNumbers(fileText).map(({ key, written, becomes }) => `the number ${cut(written)} at ${quoted(key)} has more digits than JavaScript keeps, and would become ${becomes}; write it as text, in quotes`);
}

/** `mappings[0].trigger` */
function pathText(path: readonly PropertyKey[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${cut(String(step))}`)).join('');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined), value);
}

function shown(value: unknown): string {
  try {
    return cut(JSON.stringify(value) ?? 'missing');
  } catch (error) {
    if (error instanceof RangeError) return 'nested too deeply';
    throw error;
  }
}

function quoted(text: string): string {
  return JSON.stringify(cut(text));
}

function cut(text: string): string {
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
