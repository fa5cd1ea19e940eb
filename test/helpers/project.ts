import { join } from 'node:path';

/** Where the code is. */
export const PROJECT = join(import.meta.dirname, '..', '..');

/**
 * A folder to start the programs in: with the mappings the project comes with, and without settings. Whoever deploys the
 * bridge edits those of the project itself, and its tests must not depend on them.
 */
export const PROJECT_FOLDER = join(PROJECT, 'test', 'fixtures', 'project');

/** What to give Node for one of the programs in bin/, as the npm scripts start it. */
export function programArguments(script: string, nodeOptions: readonly string[] = []): string[] {
  return ['--import', join(PROJECT, 'bin/prepare-node.js'), ...nodeOptions, join(PROJECT, 'bin', script)];
}
