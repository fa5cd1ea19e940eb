import type { StoredSecret } from './bridge.ts';

/** Visible ASCII: anything else was pasted along. */
const HEADER_TEXT = /^[\x21-\x7e]+$/;

/** The value that counts: the functions trim one trailing newline, as files and shells add it. */
export async function storedValue(secret: StoredSecret): Promise<string | undefined> {
  return (await secret.read())?.replace(/\r?\n$/, '');
}

/** False for an empty one, too. */
export function fitsHeader(value: string): boolean {
  return HEADER_TEXT.test(value);
}
