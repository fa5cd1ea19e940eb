import type { StoredSecret } from './bridge.ts';

/** The value that counts: the functions trim one trailing newline, as files and shells add it. */
export async function storedValue(secret: StoredSecret): Promise<string | undefined> {
  return (await secret.read())?.replace(/\r?\n$/, '');
}
