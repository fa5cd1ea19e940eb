import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { messageOf } from '../lambda/error-text.ts';
import { readMappings } from '../lambda/mapping/index.ts';
import { LocalRunError } from './local-error.ts';

/** The mappings that forward runs with until the bridge is started again. */
export interface RunningMappings {
  readonly path: string;
  /** Hex SHA-256, as in the ledger. */
  readonly version: string;
}

const NAME = 'running-mappings.json';

/**
 * Copies the mappings into the data folder, as a deployment takes a copy: forward reads its file at the first event, and by
 * then the original may be another one. So it is known at any time what runs.
 * @throws LocalRunError if the file can't be used
 */
export function keepMappings(mappingsPath: string, folder: string): RunningMappings {
  const path = join(folder, NAME);
  try {
    const bytes = readFileSync(mappingsPath);
    // Not written over: what a killed process left may have other permissions.
    rmSync(path, { force: true });
    writeFileSync(path, bytes);
    return { path, version: readMappings(path).version };
  } catch (error) {
    throw new LocalRunError(`The mappings file ${mappingsPath} can't be used: ${messageOf(error)}`);
  }
}
