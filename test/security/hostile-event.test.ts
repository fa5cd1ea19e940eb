import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { gunzipSync, gzipSync } from 'node:zlib';

import { createLedgerWriter } from '../../lambda/forward/ledger.ts';
import { queuedEvent } from '../../lambda/forward/record.ts';
import { route } from '../../lambda/forward/route.ts';
import { splitBody } from '../../lambda/ingest/split-body.ts';
import { messageAttributes, toMessage } from '../../lambda/message.ts';
import { createConsoleTelemetry } from '../../local/console-telemetry.ts';
import { PROJECT } from '../helpers/project.ts';
import { trackEvent } from '../helpers/segment.ts';
import { mappingsOf, NOW, recordOf } from '../lambda/forward/factories.ts';

const { mappings } = mappingsOf({});

/** What forward makes of a body, by way of the queue. */
function routed(body: Buffer): ReturnType<typeof route> {
  const message = toMessage(body, new Date(NOW).toISOString());
  const messageAttributesOf = Object.fromEntries(
    Object.entries(messageAttributes(message)).map(([name, { StringValue = '' }]) => [name, { stringValue: StringValue, dataType: 'String' }]),
  );
  return route(queuedEvent(recordOf({ body: message.body, messageAttributes: messageAttributesOf }), NOW), mappings, NOW);
}

/** A billable event with this JSON as one of its properties. */
function withProperty(json: string): Buffer {
  const event = JSON.stringify(trackEvent('hostile', { properties: { it: 'HERE' } }, NOW));
  return Buffer.from(event.replace('"HERE"', json));
}

const HOSTILE_ID = 'id\n12:00:00 error forged\r\u001b[2J\u0007';
const digits = '9'.repeat(900_000);

describe('a hostile event', () => {
  it('is never unpacked: what is compressed is no JSON', () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));

    expect(splitBody(bomb)).toEqual({ kind: 'single' });
    expect(routed(bomb)).toMatchObject({ kind: 'faulty', fault: { reason: 'not_json' } });
  });

  it.each([
    ['a number over every limit', '1e999999999'],
    ['a number under every limit', '-1e-999999999'],
    ['a number of 900,000 digits', digits],
    ['an exponent of 900,000 digits', `1e${digits}`],
    ['a text of 150,000 escapes', `"${'\\u0000'.repeat(150_000)}"`],
    ['100,000 keys', `{${Array.from({ length: 100_000 }, (_, index) => `"${index}":0`).join(',')}}`],
    ['400,000 brackets', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['half a text', '"\\ud800"'],
  ])('is handled within a moment, and throws nothing: %s', (_, json) => {
    const startedAt = performance.now();

    const { kind, messageId } = routed(withProperty(json));

    expect({ kind, messageId }).toEqual({ kind: 'usage', messageId: 'hostile' });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('changes no object of ours through %s', (key) => {
    routed(withProperty(`{"${key}":{"polluted":true,"${key}":{"polluted":true}}}`));
    routed(Buffer.from(`{"type":"track","${key}":{"polluted":true},"context":{"${key}":{"polluted":true}}}`));

    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  it('has no say in where the ledger is written, nor in how many lines', async () => {
    const commands: unknown[] = [];
    const writer = createLedgerWriter({ s3: { send: async (command: unknown) => void commands.push(command) }, bucket: 'ledger', newId: () => 'id' });

    await writer.write('quarantine', ['{"event":"../../archive/\\n{}"}'], NOW);

    const inputs = commands.flatMap((command) => (command instanceof PutObjectCommand ? command.input : []));
    expect(inputs.map(({ Key }) => Key)).toEqual(['quarantine/date=2026-06-01/hour=12/120000000Z-id.ndjson.gz']);
    expect(inputs.map(({ Body }) => gunzipSync(Buffer.from(Body as Uint8Array)).toString().split('\n'))).toEqual([['{"event":"../../archive/\\n{}"}', '']]);
  });

  it('begins no line in the log of a function', () => {
    const script = `import { createTelemetry } from './lambda/telemetry.ts'; createTelemetry({ service: 'forward', stack: 'Bridge' }).warn('event_quarantined', { messageId: process.argv[1] });`;

    // In a process of its own, as its console is its own too.
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, HOSTILE_ID], { cwd: PROJECT, encoding: 'utf8', env: { PATH: process.env['PATH'] } });

    const lines = `${stdout}${stderr}`.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ message: 'event_quarantined', messageId: HOSTILE_ID }]);
    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
  });

  it('begins no line of npm start, and commands no terminal', () => {
    const lines: string[] = [];
    const telemetry = createConsoleTelemetry({ write: (line) => lines.push(line), now: () => NOW, later: () => undefined });

    telemetry.warn('event_quarantined', { messageId: HOSTILE_ID });

    expect(lines).toEqual([String.raw`12:00:00 warn event_quarantined messageId="id\n12:00:00 error forged\r\u001b[2J\u0007"`]);
  });
});
