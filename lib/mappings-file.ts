import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { z } from 'zod';

import { messageOf } from '../lambda/error-text.ts';
import { compileMapping, compileTrigger } from '../lambda/mapping/index.ts';
import { ConfigError } from './config-error.ts';
import { keysAt, MAPPINGS_SCHEMA } from './mappings-schema.ts';
import type { MappingDefinition } from './mappings-schema.ts';
import { suggestKey } from './nearest-key.ts';
import { parseJsonFile } from './parse-json.ts';

export interface MappingsFile {
  readonly path: string;
  /** Hex SHA-256 of the file's bytes. The forward function refuses a file that hashes differently. */
  readonly version: string;
  readonly mappings: readonly MappingDefinition[];
}

/** @throws ConfigError if the file can't be read, or with every problem in it */
export function readMappingsFile(path: string): MappingsFile {
  const bytes = readBytes(path);
  // The function hashes the text it decodes: only for UTF-8 are its bytes these bytes.
  if (!isUtf8(bytes)) throw new ConfigError([`${path} is not UTF-8; save it as UTF-8`]);
  return { path, version: createHash('sha256').update(bytes).digest('hex'), mappings: parseMappings(bytes.toString('utf8'), path) };
}

/**
 * The mappings in the text of a mappings file. The enabled ones are compiled, as the forward function will, so that a
 * broken trigger or directive is refused before it is deployed.
 *
 * @throws ConfigError with every problem, each naming the file, the place in it and what was expected
 */
export function parseMappings(fileText: string, fileName: string): readonly MappingDefinition[] {
  const value = parseJsonFile(fileText, fileName);
  const parsed = MAPPINGS_SCHEMA.safeParse(value);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.flatMap((issue) => shapeProblems(issue, value)).map((problem) => `${fileName}: ${problem}`));
  const { mappings } = parsed.data;
  const problems = mappings.flatMap((mapping, index) => [...nameProblems(mappings, index), ...unsupported(mapping, index), ...compileProblems(mapping, index)]);
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => `${fileName}: ${problem}`));
  return mappings;
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ConfigError([`the mappings file ${path} can't be read (${codeOf(error)}); create it, or point the setting "mappings" at it`]);
  }
}

function shapeProblems(issue: z.core.$ZodIssue, file: unknown): readonly string[] {
  const at = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(issue.path);
    return issue.keys.map((key) => `unknown key "${key}"${at === '' ? '' : ` in ${at}`}; ${suggestKey(key, known, (name) => `"${name}"`)}`);
  }
  const found = JSON.stringify(valueAt(file, issue.path)) ?? 'missing';
  return [`${at === '' ? 'the file' : at} is ${found}; expected ${issue.message}`];
}

function nameProblems(mappings: readonly MappingDefinition[], index: number): readonly string[] {
  const name = mappings[index]?.name;
  const first = mappings.findIndex((other) => other.name === name);
  return first === index ? [] : [`mappings[${index}].name is ${JSON.stringify(name)}, as is mappings[${first}].name; expected a name of its own`];
}

function unsupported({ numbersAs }: MappingDefinition, index: number): readonly string[] {
  return numbersAs === 'string' ? [`mappings[${index}]: numbersAs "string" is not supported yet; remove it or set "number"`] : [];
}

function compileProblems({ enabled, trigger, mapping }: MappingDefinition, index: number): readonly string[] {
  if (!enabled) return [];
  return [...refusalOf(`mappings[${index}].trigger`, () => compileTrigger(trigger)), ...refusalOf(`mappings[${index}].mapping`, () => compileMapping(mapping))];
}

function refusalOf(at: string, compile: () => unknown): readonly string[] {
  try {
    compile();
    return [];
  } catch (error) {
    return [`${at}: ${messageOf(error)}`];
  }
}

/** Node's message would name the path once more. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);
}

/** `mappings[0].trigger` */
function pathText(path: readonly PropertyKey[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`)).join('');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined), value);
}
