import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { once } from 'node:events';

import { INGEST_MAX_BODY_BYTES } from '../../../lambda/limits.ts';
import { PATHS } from '../../../local/studio/api.ts';
import type { SampleView } from '../../../local/studio/api.ts';
import { signature } from '../../helpers/segment.ts';
import { startStudioWorld } from './studio-world.ts';
import type { StudioWorld } from './studio-world.ts';

const EVENT = '{\n  "messageId": "m-1",\n  "properties": { "n": 12345678901234567890 }\n}';
const SENT = '{"messageId":"m-1","properties":{"n":12345678901234567890}}';

let server: Server;
let world: StudioWorld;
let received: { readonly headers: IncomingHttpHeaders; readonly body: string }[];

beforeEach(async () => {
  received = [];
  server = createServer((request, response) => {
    void buffer(request).then((bytes) => {
      received.push({ headers: request.headers, body: bytes.toString() });
      response.writeHead(202).end('{"accepted":1}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  world = await startStudioWorld({ webhookUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/segment` });
});

afterEach(async () => {
  await world.stop();
  server.close();
});

describe('send', () => {
  it('sends one event signed as Segment does, digit for digit, and shows the answer', async () => {
    const answer = await world.ask(PATHS.send, { kind: 'single', event: EVENT });

    expect(JSON.parse(answer.body)).toEqual({ status: 202, body: '{"accepted":1}', milliseconds: expect.any(Number) });
    expect(received).toEqual([{ headers: expect.objectContaining({ 'x-signature': signature(SENT, 's3cret'), 'content-type': 'application/json' }), body: SENT }]);
    expect(received[0]?.headers).not.toHaveProperty('authorization');
  });

  it('sends a batch of three, each with an id of its own, the first one signed', async () => {
    await world.ask(PATHS.send, { kind: 'batch', event: EVENT });

    const [first, second, third] = ['m-1-1', 'm-1-2', 'm-1-3'].map((id) => SENT.replace('m-1', id));
    expect(received[0]).toMatchObject({ body: `[${first},${second},${third}]`, headers: { 'x-signature': signature(first ?? '', 's3cret'), authorization: 'Bearer t0ken' } });
  });

  it('sends a signature that is well formed and wrong', async () => {
    await world.ask(PATHS.send, { kind: 'bad_signature', event: EVENT });

    expect(received[0]?.headers['x-signature']).toMatch(/^[0-9a-f]{40}$/);
    expect(received[0]?.headers['x-signature']).not.toBe(signature(SENT, 's3cret'));
  });

  it('sends more than ingest takes', async () => {
    await world.ask(PATHS.send, { kind: 'oversize', event: EVENT });

    expect(received[0]?.body.length).toBe(INGEST_MAX_BODY_BYTES + 1);
  });

  it.each([
    [{ kind: 'other', event: EVENT }, 400],
    [{ kind: 'single', event: 'nothing' }, 422],
    [{ kind: 'single', event: '[1]' }, 422],
    [{ kind: 'single' }, 400],
  ])('refuses %j', async (body, status) => {
    expect((await world.ask(PATHS.send, body)).status).toBe(status);
    expect(received).toEqual([]);
  });

  it('says so when nothing answers', async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');

    expect(await world.ask(PATHS.send, { kind: 'single', event: EVENT })).toMatchObject({ status: 502, body: expect.stringContaining("doesn't answer") });
  });
});

describe('samples', () => {
  it('are a new event each time, and the project\'s single ones', async () => {
    const folder = join(world.folder, 'samples');
    mkdirSync(folder);
    writeFileSync(join(folder, 'b.json'), EVENT);
    writeFileSync(join(folder, 'batch.json'), `[${EVENT}]`);
    writeFileSync(join(folder, 'stream.ndjson'), EVENT);
    writeFileSync(join(folder, 'broken.json'), '{');

    const [first, second] = await Promise.all([0, 1].map(async () => JSON.parse((await world.ask(PATHS.samples)).body) as SampleView[]));

    expect(first?.map(({ name }) => name)).toEqual(['Report Exported (new each time)', 'b']);
    expect(first?.[1]?.event).toBe(EVENT);
    expect(first?.[0]?.event).not.toBe(second?.[0]?.event);
  });
});
