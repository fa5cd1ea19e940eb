import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { messageOf } from '../lambda/error-text.ts';
import { LocalRunError } from './local-error.ts';

/**
 * Makes the folder and those above it.
 * @throws LocalRunError if it can't be a folder
 */
export function makeFolder(path: string): void {
  const file = [...ancestors(resolve(path))].find((above) => existsSync(above) && !statSync(above).isDirectory());
  if (file !== undefined) throw new LocalRunError(`The data folder ${path} can't be used: ${file} is a file. Set BRIDGE_DATA to a folder.`);
  try {
    makeFolders(resolve(path));
  } catch (error) {
    throw new LocalRunError(`The data folder ${path} can't be used (${messageOf(error)}). Set BRIDGE_DATA to a folder you can write to.`);
  }
}

/** One by one: Node's own recursive mkdir never ends where a file system refuses new folders, as /proc does. */
function makeFolders(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  if (dirname(path) !== path) makeFolders(dirname(path));
  mkdirSync(path);
}

function* ancestors(path: string): Iterable<string> {
  yield path;
  if (dirname(path) !== path) yield* ancestors(dirname(path));
}
