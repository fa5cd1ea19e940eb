import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { compileMappings, MappingsFileError } from '../lambda/mapping/index.ts';
import type { CompiledMappings } from '../lambda/mapping/index.ts';
import { ConfigError, settingsFromEnvironment } from '../lib/config.ts';
import { checkMappingsText } from '../lib/mappings-file.ts';
import { fileProblem } from './file-problem.ts';
import type { Io } from './io.ts';

/** A mappings file's text, and its name as the user knows it. */
export interface MappingsText {
  readonly name: string;
  readonly text: string;
}

/** Mappings ready to run, with what people need to know of them. */
export interface UsableMappings extends CompiledMappings {
  readonly name: string;
  /** Trigger by name, of the enabled ones. */
  readonly triggers: ReadonlyMap<string, string>;
  /** Unacknowledged errors of the linter: with them the file can't be deployed. */
  readonly lintErrors: number;
}

/**
 * The file named on the command line, else the one that the settings name.
 * @throws ConfigError if it can't be read
 */
export function readMappingsText(named: string | undefined, io: Io): MappingsText {
  const name = named ?? settingsFromEnvironment(io.environment, io.projectFolder).mappings;
  return { name, text: readText(name, resolve(named === undefined ? io.projectFolder : io.folder, name)) };
}

/** @throws ConfigError with every reason why events can't be mapped with it */
export function usableMappings({ name, text }: MappingsText): UsableMappings {
  const { mappings, problems, findings } = checkMappingsText(text, name);
  if (problems.length > 0) throw new ConfigError(problems);
  const triggers = new Map(mappings.filter(({ enabled }) => enabled).map((mapping) => [mapping.name, mapping.trigger]));
  const lintErrors = findings.filter(({ severity, acknowledged }) => severity === 'error' && !acknowledged).length;
  return { name, ...compiled(text, name), triggers, lintErrors };
}

function compiled(text: string, name: string): CompiledMappings {
  try {
    return compileMappings(text);
  } catch (error) {
    if (error instanceof MappingsFileError) throw new ConfigError([`${name}: ${error.message}`]);
    throw error;
  }
}

function readText(name: string, path: string): string {
  const bytes = bytesOf(name, path);
  if (!isUtf8(bytes)) throw new ConfigError([`${name} is not UTF-8; save it as UTF-8`]);
  return bytes.toString('utf8');
}

function bytesOf(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ConfigError([`The mappings file ${name} ${fileProblem(error)}.`]);
  }
}
