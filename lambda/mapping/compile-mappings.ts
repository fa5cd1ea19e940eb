import { createHash } from 'node:crypto';

import { compileMapping } from './compile-mapping.ts';
import { messageOf } from '../error-text.ts';
import { describeType, isObject } from '../json-value.ts';
import { compileTrigger } from './trigger.ts';

/** One enabled entry of the mappings file, ready to run. Both functions are pure; both throw what they throw by themselves. */
export interface CompiledMapping {
  readonly name: string;
  /** How numbers inside properties are sent: as JSON numbers, or as text of their digits. */
  readonly numbersAs: 'number' | 'string';
  matches(event: unknown): boolean;
  map(event: unknown): unknown;
}

/** The enabled entries in the file's order. `version` is the hex SHA-256 of the file's text in UTF-8. */
export interface CompiledMappings {
  readonly version: string;
  readonly mappings: readonly CompiledMapping[];
}

/** A mappings file that can't be used. Nothing is mapped with half a file: a missing entry would lose its revenue. */
export class MappingsFileError extends Error {
  override readonly name = 'MappingsFileError';
}

/**
 * Compiles the text of a mappings file (`{"mappings": [{"name", "enabled"?, "trigger", "mapping"}, …]}`). Entries with
 * `"enabled": false` are left out unread. Throws MappingsFileError that names the entry and what is wrong with it.
 */
export function compileMappings(fileText: string): CompiledMappings {
  const version = createHash('sha256').update(fileText, 'utf8').digest('hex');
  const file = parseFile(fileText);
  const entries = isObject(file) ? file.mappings : undefined;
  if (!Array.isArray(entries)) {
    throw new MappingsFileError(`The mappings file must be an object whose "mappings" is an array, but that is ${describeType(entries)}.`);
  }
  return { version, mappings: entries.flatMap(compileEntry) };
}

function parseFile(fileText: string): unknown {
  try {
    return JSON.parse(fileText);
  } catch (error) {
    throw new MappingsFileError(`The mappings file isn't valid JSON: ${messageOf(error)}`, { cause: error });
  }
}

function compileEntry(entry: unknown, index: number): readonly CompiledMapping[] {
  if (!isObject(entry)) throw new MappingsFileError(`Entry ${index} of "mappings" must be an object, but it is ${describeType(entry)}.`);
  const { name, enabled, trigger, mapping, numbersAs = 'number' } = entry;
  if (enabled === false) return [];
  if (typeof name !== 'string' || name === '') {
    throw new MappingsFileError(`Entry ${index} of "mappings" needs a "name" as text, but it is ${describeType(name)}.`);
  }
  const label = `The mapping ${JSON.stringify(name)}`;
  if (typeof trigger !== 'string') throw new MappingsFileError(`${label} needs a "trigger" as text, but it is ${describeType(trigger)}.`);
  if (!isObject(mapping)) throw new MappingsFileError(`${label} needs a "mapping" that is an object, but it is ${describeType(mapping)}.`);
  if (numbersAs !== 'number' && numbersAs !== 'string') throw new MappingsFileError(`${label} needs a "numbersAs" of "number" or "string".`);
  try {
    return [{ name, numbersAs, matches: compileTrigger(trigger), map: compileMapping(mapping) }];
  } catch (error) {
    throw new MappingsFileError(`${label} can't be used. ${messageOf(error)}`, { cause: error });
  }
}
