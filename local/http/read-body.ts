import type { IncomingMessage } from 'node:http';

import type { ByteBudget } from './byte-budget.ts';

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too_large' }
  /** The budget for all requests is used up. */
  | { readonly kind: 'no_room' }
  /** The client went away before the last byte. */
  | { readonly kind: 'cut_off' };

const FIRST_BYTES = 16 * 1024;
const UNLIMITED: ByteBudget = { take: () => true, giveBack: () => undefined };

/**
 * Reads a request's body up to `maxBytes`. What comes beyond is thrown away unread rather than refused at the socket, so
 * that a client still busy sending gets to see its answer. A whole body's bytes stay booked in the budget: give them back.
 */
export function readBody(request: IncomingMessage, maxBytes: number, budget: ByteBudget = UNLIMITED): Promise<Body> {
  return new Promise((resolve) => {
    // One buffer that grows: a body in chunks of a byte each would weigh a hundred times as much as a list of them.
    let buffer: Buffer = Buffer.alloc(0);
    let size = 0;
    const settle = (body: Body): void => {
      request.removeListener('data', take).removeListener('end', finish).removeListener('close', cutOff).removeListener('error', cutOff);
      // An error after that concerns nobody, but unheard it would end the process.
      request.on('error', () => undefined).resume();
      if (body.kind !== 'whole') budget.giveBack(size);
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      if (size + chunk.length > maxBytes) return settle({ kind: 'too_large' });
      if (!budget.take(chunk.length)) return settle({ kind: 'no_room' });
      if (size + chunk.length > buffer.length) buffer = grown(buffer, size + chunk.length, maxBytes);
      size += chunk.copy(buffer, size);
    };
    const finish = (): void => settle({ kind: 'whole', bytes: buffer.subarray(0, size) });
    const cutOff = (): void => settle({ kind: 'cut_off' });
    request.on('error', cutOff);
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return settle({ kind: 'too_large' });
    request.on('data', take).once('end', finish).once('close', cutOff);
  });
}

function grown(buffer: Buffer, atLeast: number, maxBytes: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.min(maxBytes, Math.max(FIRST_BYTES, atLeast, buffer.length * 2)));
  buffer.copy(larger);
  return larger;
}
