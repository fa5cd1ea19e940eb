import { readdirSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join, resolve } from 'node:path';

import { fileProblem } from '../file-problem.ts';
import { STDIN } from '../io.ts';

/** Files to read, in order, and what was passed over. */
export interface Found {
  readonly files: readonly string[];
  /** Sentences about paths of which nothing can be read. */
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
  /** Files in folders that hold no events by their name. */
  readonly otherFiles: number;
}

const EVENT_FILE = /\.(?:json|ndjson|jsonl)(?:\.gz)?$/i;
const NOTHING: Found = { files: [], problems: [], otherFiles: 0 };

/**
 * The files behind paths: a file is itself, a folder all .json, .ndjson and .jsonl files in it and below, gzipped ones too, by name.
 * @param base where relative paths start; they stay relative, as people named them
 */
export function findFiles(paths: readonly string[], base: string): Found {
  return paths.map((path) => findAt(path, base)).reduce(together, NOTHING);
}

function findAt(path: string, base: string): Found {
  if (path === STDIN) return { ...NOTHING, files: [STDIN] };
  try {
    if (!statSync(resolve(base, path)).isDirectory()) return { ...NOTHING, files: [path] };
    const found = inFolder(path, base);
    const isEmpty = found.files.length + found.problems.length === 0;
    return isEmpty ? { ...found, problems: [{ path, problem: 'has no .json, .ndjson or .jsonl file in it' }] } : found;
  } catch (error) {
    return { ...NOTHING, problems: [{ path, problem: fileProblem(error) }] };
  }
}

function inFolder(folder: string, base: string): Found {
  const entries = readdirSync(resolve(base, folder), { withFileTypes: true }).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => inEntry(join(folder, entry.name), entry, base))
    .reduce(together, NOTHING);
}

function inEntry(path: string, entry: Dirent, base: string): Found {
  if (entry.isDirectory()) return nested(path, base);
  return EVENT_FILE.test(entry.name) ? { ...NOTHING, files: [path] } : { ...NOTHING, otherFiles: 1 };
}

function nested(folder: string, base: string): Found {
  try {
    return inFolder(folder, base);
  } catch (error) {
    return { ...NOTHING, problems: [{ path: folder, problem: fileProblem(error) }] };
  }
}

function together(a: Found, b: Found): Found {
  return { files: [...a.files, ...b.files], problems: [...a.problems, ...b.problems], otherFiles: a.otherFiles + b.otherFiles };
}
