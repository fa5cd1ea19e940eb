import { readFileSync } from 'node:fs';

import { messageOf } from '../../lambda/error-text.ts';
import { ownMember } from '../../lambda/json-value.ts';
import type { MappingsFileView } from './api.ts';
import { versionOf } from './hot-mappings.ts';
import type { HotMappings } from './hot-mappings.ts';
import { lintView } from './lint-view.ts';
import { StudioProblem } from './problem.ts';
import { seenPaths } from './seen-paths.ts';
import type { Runs } from './runs.ts';
import type { StudioServices } from './services.ts';

/** The file as it is on disk, with its findings. */
export function mappingsView(mappings: HotMappings, runs: Runs, services: Pick<StudioServices, 'check'>): MappingsFileView {
  const { text, version } = readMappings(mappings.path);
  const running = mappings.current();
  const notRunning = mappings.trouble();
  const instead = notRunning === undefined ? {} : { notRunning, runningText: running.text };
  return { path: mappings.path, text, version, running: running.compiled.version, ...instead, paths: seenPaths(runs), ...lintView(text, services) };
}

/**
 * The file on disk; an empty text for one that was deleted.
 * @throws StudioProblem if it can't be read
 */
export function readMappings(path: string): { readonly text: string; readonly version: string } {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, version: versionOf(text) };
  } catch (error) {
    if (ownMember(error, 'code') === 'ENOENT') return { text: '', version: versionOf('') };
    throw new StudioProblem(500, `The mappings file ${path} can't be read (${messageOf(error)}). Make it a file that this user may read.`);
  }
}
