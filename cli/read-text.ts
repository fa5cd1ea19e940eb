import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';

import { ConfigError } from '../lib/config.ts';
import { fileProblem } from './file-problem.ts';

/**
 * A whole file as text.
 * @param label names the file, as the beginning of a sentence
 * @throws ConfigError if it can't be read, or isn't UTF-8
 */
export function readText(path: string, label: string): string {
  return textOf(bytesOf(path, label), label);
}

/** @throws ConfigError if the bytes aren't UTF-8 */
export function textOf(bytes: Buffer, label: string): string {
  if (!isUtf8(bytes)) throw new ConfigError([`${label} is not UTF-8; save it as UTF-8.`]);
  return bytes.toString('utf8');
}

function bytesOf(path: string, label: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ConfigError([`${label} ${fileProblem(error)}.`]);
  }
}
