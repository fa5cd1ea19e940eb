import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createByteBudget } from '../../../local/http/byte-budget.ts';
import type { ByteBudget } from '../../../local/http/byte-budget.ts';
import { readBody } from '../../../local/http/read-body.ts';
import type { Body } from '../../../local/http/read-body.ts';

const MAX_BYTES = 1_000_000;

let server: Server;
let budget: ByteBudget;
let read: Promise<Body>;

beforeEach(async () => {
  budget = createByteBudget(10 * MAX_BYTES);
  server = createServer((request, response) => {
    read = readBody(request, MAX_BYTES, budget);
    void read.then(() => response.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function send(chunks: readonly Buffer[]): Promise<Body> {
  const request = httpRequest({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', method: 'POST' });
  for (const chunk of chunks) request.write(chunk);
  request.end();
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'close');
  return read;
}

/** What is free in the budget, found by taking it. */
function free(): number {
  let bytes = 0;
  for (let step = 16 * MAX_BYTES; step >= 1; step = Math.floor(step / 2)) if (budget.take(step)) bytes += step;
  budget.giveBack(bytes);
  return bytes;
}

describe('readBody', () => {
  it('gives back any body byte for byte, in whatever chunks it comes', async () => {
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 40_000 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 8 }), async (chunks) => {
        expect(await send(chunks)).toEqual({ kind: 'whole', bytes: Buffer.concat(chunks) });
      }),
      { numRuns: 30 },
    );
  });

  it('keeps a body of single bytes in as many bytes as it has, not in as many objects', async () => {
    const body = await send(Array.from({ length: 20_000 }, () => Buffer.from('x')));

    expect(body.kind === 'whole' && body.bytes.buffer.byteLength).toBeLessThanOrEqual(40_000);
  });

  it('books what it keeps, and gives back what it throws away', async () => {
    await send([Buffer.alloc(400_000)]);
    expect(free()).toBe(10 * MAX_BYTES - 400_000);

    expect(await send([Buffer.alloc(600_000), Buffer.alloc(600_000)])).toEqual({ kind: 'too_large' });
    expect(free()).toBe(10 * MAX_BYTES - 400_000);
  });

  it('gives back once only what a client leaves behind that was refused', async () => {
    const request = httpRequest({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': 20 * MAX_BYTES } });
    request.on('error', () => undefined);
    const arrived = once(server, 'request');
    request.write(Buffer.alloc(1_000));
    await arrived;
    expect(await read).toEqual({ kind: 'too_large' });
    request.destroy();
    await send([Buffer.alloc(10)]);

    expect(free()).toBe(10 * MAX_BYTES - 10);
  });

  it('has no room once the budget is used up', async () => {
    budget.take(10 * MAX_BYTES - 5);

    expect(await send([Buffer.alloc(6)])).toEqual({ kind: 'no_room' });
    expect(await send([Buffer.alloc(5)])).toMatchObject({ kind: 'whole' });
  });
});
