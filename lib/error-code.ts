import { messageOf } from '../lambda/error-text.ts';

/** `ENOENT`, `EISDIR`: for a sentence that names the path itself, as Node's message would name it once more. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : messageOf(error);
}
