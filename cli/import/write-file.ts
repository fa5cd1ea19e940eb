import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { UsageError } from '../io.ts';
import { fileProblem } from '../file-problem.ts';

/** @throws UsageError if the folder is missing, or there is a file already and it isn't to be replaced */
export function refuseToWrite(path: string, name: string, isForced: boolean): void {
  if (!existsSync(dirname(path))) throw new UsageError(`${name} can't be written: the folder ${dirname(name)} does not exist. Create it, or name another.`);
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
