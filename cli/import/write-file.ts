import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';

import { UsageError } from '../io.ts';
import { fileProblem } from '../file-problem.ts';

/** @throws UsageError if there is a file already, and it isn't to be replaced */
export function refuseToOverwrite(path: string, name: string, isForced: boolean): void {
  if (existsSync(path) && !isForced) throw new UsageError(`${name} exists already. Add --force to replace it, or name another file.`);
}

/**
 * Writes a file whole or not at all: whoever reads it meanwhile sees the old one.
 * @throws UsageError if it can't be written there
 */
export function writeWhole(path: string, name: string, text: string): void {
  const unfinished = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(unfinished, text, { flag: 'wx' });
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new UsageError(`${name} can't be written: it ${fileProblem(error)}.`);
  }
}
