import { resolve } from 'node:path';

import { compileMappings, MappingsFileError } from '../lambda/mapping/index.ts';
import type { CompiledMappings } from '../lambda/mapping/index.ts';
import { ConfigError, settingsFromEnvironment } from '../lib/config.ts';
import { checkMappingsText } from '../lib/mappings-file.ts';
import type { Io } from './io.ts';
import { readText } from './read-text.ts';

/** A mappings file's text, and its name as the user knows it. */
interface MappingsText {
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

/** The name of the file that {@link readMappingsText} reads. */
export function mappingsName(named: string | undefined, io: Io): string {
  return named ?? settingsFromEnvironment(io.environment, io.projectFolder).mappings;
}

/**
 * The file named on the command line, else the one that the settings name.
 * @throws ConfigError if it can't be read
 */
export function readMappingsText(named: string | undefined, io: Io): MappingsText {
  const name = mappingsName(named, io);
  return { name, text: readText(resolve(named === undefined ? io.projectFolder : io.folder, name), `The mappings file ${name}`) };
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
