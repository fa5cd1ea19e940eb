import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { messageOf } from '../../lambda/error-text.ts';
import { ownMember } from '../../lambda/json-value.ts';
import { withHead } from './with-head.ts';

/** How gzip begins: https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1 */
const GZIP_MARK = Buffer.from([0x1f, 0x8b]);

/**
 * The bytes, unpacked if they are gzip, chunk by chunk.
 * @throws what zlib throws, once the bytes before the damage are given
 */
export async function* unzipped(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = withHead(stream, GZIP_MARK.length);
  const { value: head, done } = await chunks.next();
  if (done === true) return;
  const whole = prepended(head, chunks);
  if (head.subarray(0, GZIP_MARK.length).equals(GZIP_MARK)) yield* gunzipped(whole);
  else yield* whole;
}

/** What is wrong with a gzip file, as the end of a sentence that begins with its path; undefined for an error of another kind. */
export function zipDamage(error: unknown): string | undefined {
  const code = ownMember(error, 'code');
  if (typeof code !== 'string' || !code.startsWith('Z_')) return undefined;
  return `is damaged gzip (${messageOf(error)}); the rest of it can't be read`;
}

async function* prepended(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

async function* gunzipped(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  // The reader below is told of every error; without this callback it would be thrown a second time.
  yield* pipeline(Readable.from(packed), createGunzip(), () => undefined);
}
