import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

import { messageOf } from '../../lambda/error-text.ts';
import { compileMappings, MappingsFileError } from '../../lambda/mapping/index.ts';
import type { LintView, SaveView } from './api.ts';
import { formatJson } from './format.ts';
import { versionOf } from './hot-mappings.ts';
import { lintView, problemsIn } from './lint-view.ts';
import { readMappings } from './mappings-view.ts';
import { StudioProblem } from './problem.ts';
import type { StudioServices } from './services.ts';

/** Of a file that is made anew: as any file of a project. */
const FILE_MODE = 0o644;
const PERMISSIONS = 0o777;
const WRITABLE = 0o222;

/**
 * Writes the mappings file, formatted, whole or not at all; unless it has changed since it was read, or forward couldn't run it.
 * @param baseVersion of the file that the text was made from
 * @throws StudioProblem if it can't be written
 */
export function saveMappings(path: string, text: string, baseVersion: string, services: Pick<StudioServices, 'check'>): SaveView {
  const disk = readMappings(path);
  if (disk.version !== baseVersion) return { kind: 'conflict', diskText: disk.text, version: disk.version };
  const lint = usable(text, lintView(text, services));
  if (problemsIn(lint).length > 0) return { kind: 'refused', lint };
  const formatted = formatJson(text);
  writeWhole(path, formatted);
  return { kind: 'saved', text: formatted, version: versionOf(formatted) };
}

function usable(text: string, lint: LintView): LintView {
  if (lint.problems.length > 0) return lint;
  try {
    compileMappings(text);
    return lint;
  } catch (error) {
    if (error instanceof MappingsFileError) return { ...lint, problems: [error.message] };
    throw error;
  }
}

/** Whoever reads it meanwhile sees the old one. A link stays a link, and permissions stay what they were. */
function writeWhole(path: string, text: string): void {
  const file = existsSync(path) ? realpathSync.native(path) : path;
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? FILE_MODE;
  // Putting another file in its place would need no leave of it.
  if ((mode & WRITABLE) === 0) throw new StudioProblem(500, `The mappings file ${path} is read-only. Nothing was saved; make it writable (chmod u+w), and save again.`);
  const unfinished = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(unfinished, text, { flag: 'wx' });
    chmodSync(unfinished, mode & PERMISSIONS);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new StudioProblem(500, `The mappings file ${path} can't be written (${messageOf(error)}). Nothing was saved; see that this user may write to its folder, and save again.`);
  }
}
