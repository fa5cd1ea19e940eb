import { readFileSync } from 'node:fs';

import { messageOf } from '../error-text.ts';
import { compileMappings, MappingsFileError } from './compile-mappings.ts';
import type { CompiledMappings } from './compile-mappings.ts';

/**
 * Reads and compiles a mappings file. With `expectedVersion`, the hash the deployment was made with, another file is
 * refused. Throws MappingsFileError, with the path, when the file can't be read, differs, or can't be compiled.
 */
export function readMappings(path: string, expectedVersion?: string): CompiledMappings {
  const compiled = compileMappings(readText(path));
  if (expectedVersion === undefined || compiled.version === expectedVersion) return compiled;
  throw new MappingsFileError(
    `The mappings file ${path} has version ${compiled.version}, but ${expectedVersion} was deployed. Deploy again, so that both agree.`,
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new MappingsFileError(`The mappings file ${path} can't be read: ${messageOf(error)}`, { cause: error });
  }
}
