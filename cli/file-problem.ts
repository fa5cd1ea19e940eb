import { messageOf } from '../lambda/error-text.ts';
import { ownMember } from '../lambda/json-value.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read or written by this user',
  EPERM: 'may not be read or written by this user',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'does not exist: a part of its path is a file',
};

/** True for what the file system says went wrong, and not for a fault of our own. */
export function isFileError(error: unknown): boolean {
  return codeOf(error) !== undefined;
}

/** What went wrong with a file, as the end of a sentence that begins with its path. */
export function fileProblem(error: unknown): string {
  return WORDS[codeOf(error) ?? ''] ?? `can't be read or written: ${messageOf(error)}`;
}

function codeOf(error: unknown): string | undefined {
  const code = ownMember(error, 'code');
  return typeof code === 'string' ? code : undefined;
}
