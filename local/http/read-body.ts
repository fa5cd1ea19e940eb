import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too_large' }
  /** The client went away before the last byte. */
  | { readonly kind: 'cut_off' };

/**
 * Reads a request's body up to `maxBytes`. What comes beyond is thrown away unread rather than refused at the socket, so
 * that a client still busy sending gets to see its answer.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (body: Body): void => {
      request.removeListener('data', take).removeListener('end', finish).removeListener('close', cutOff);
      request.resume();
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > maxBytes) settle({ kind: 'too_large' });
      else chunks.push(chunk);
    };
    const finish = (): void => settle({ kind: 'whole', bytes: Buffer.concat(chunks) });
    const cutOff = (): void => settle({ kind: 'cut_off' });
    // A connection reset is an 'error' before the 'close' that settles; unheard, it would end the process.
    request.on('error', cutOff);
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return settle({ kind: 'too_large' });
    request.on('data', take).once('end', finish).once('close', cutOff);
  });
}
