import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';

import { NOW } from '../io-double.ts';
import { eventText, mappingsText, previewWorld } from './world.ts';

const DAY_MS = 24 * 60 * 60_000;

let world: ReturnType<typeof previewWorld>;

beforeEach(() => {
  world = previewWorld();
});

afterEach(() => {
  world.remove();
});

describe('the input of bridge preview', () => {
  it('takes whatever bytes it is given', async () => {
    const pieces = fc.constantFrom('{"type":"track"}', '{"type":"track","messageId":', '[', ']', '}', ',', '\n', '"', '7', '\0', '\ufeff');

    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 20 }), async (parts) => {
        const { status, lines } = await world.run('preview - --json', parts.join(''));

        expect(lines().at(-1)).toHaveProperty('summary');
        expect([0, 1]).toContain(status);
      }),
    );
  });

  it('goes on after everything that is wrong with the input', async () => {
    world.put('in/a.ndjson', `${eventText('m-1')}\n{"type":\n${eventText('m-2')}\n`);
    world.put('in/deep/b.json', `[${eventText('m-3')}, oops, ${eventText('m-4')}]`);
    world.put('in/mappings.json', mappingsText());
    world.put('in/readme.md', '');
    world.put('empty/notes.txt', '');

    const { status, out, err } = await world.run('preview in none.json empty');

    expect(out).toContain('Not read: none.json does not exist');
    expect(out).toContain('Not read: empty has no .json, .ndjson or .jsonl file in it');
    expect(out).toContain('Broken input: in/a.ndjson:2 is not JSON');
    expect(out).toContain('Broken input: in/deep/b.json:1[1] is not JSON');
    expect(out).toContain('4 events in 2 files');
    expect(err).toBe('Note: 2 other files skipped; events are read from .json, .ndjson and .jsonl,\nalso as .gz.\nNote: in/mappings.json holds mappings, not events, and is skipped.\n');
    expect(status).toBe(1);
  });

  it('exits with 1 when there is no event', async () => {
    expect(await world.run('preview -')).toMatchObject({ status: 1, err: 'Note: stdin holds no event.\n', out: 'No event was found.\n' });
    expect(await world.run('preview none.json')).toMatchObject({ status: 1, out: 'Not read: none.json does not exist\nNo event was found.\n' });
    expect((await world.run('preview none.json --json')).lines()).toEqual([{ file: 'none.json', notRead: 'does not exist' }, { summary: expect.objectContaining({ events: 0, broken: 0, notRead: 1 }) }]);
  });

  it('says that the samples are shown when no file is named', async () => {
    world.put('samples/a.json', eventText('m-1'));

    const { err, out } = await world.run('preview', '{"type":"page"}');

    expect(err).toMatch(/^Note: no files are named, so the events of samples are shown\..* - reads standard input.*\n$/s);
    expect(out).toContain('1 event in 1 file');
  });

  it('previews the events of the bridge\'s own ledger, as of when they were accepted', async () => {
    const past = new Date(NOW - 60 * DAY_MS).toISOString();
    const event = `{${eventText('m-1', { timestamp: past }).slice(1, -1)},"properties":{"n":1.10}}`;
    const line = (members: string) => `{"v":1,"at":"${past}","sqsMessageId":"sqs-1","acceptedAt":"${past}","fate":"quarantined","mappingVersion":"v1","usage":[],${members}}\n`;
    const lines = [`"event":${event}`, `"event":"oops","eventEncoding":"text"`, `"event":"${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64')}","eventEncoding":"base64"`].map(line);
    world.put('ledger/date=2026-11-22/a.ndjson.gz', gzipSync(lines.join('')));

    const { out, err } = await world.run('preview ledger --json');

    const [first, second, third] = out.split('\n').map((text) => JSON.parse(text === '' ? 'null' : text) as unknown);
    expect(out).toContain('"properties":{"n":1.10}');
    expect(first).toMatchObject({ file: 'ledger/date=2026-11-22/a.ndjson.gz', line: 1, messageId: 'm-1', fate: 'delivered' });
    expect([second, third]).toEqual([expect.objectContaining({ line: 2, reason: 'not_json' }), expect.objectContaining({ line: 3, reason: 'not_json' })]);
    expect(err).toBe('');
    expect(await world.run('preview ledger --as-of now')).toMatchObject({ out: expect.stringContaining('timestamp_too_old: acceptedAt') });
  });

  it('goes on after a gzip file that is damaged', async () => {
    const packed = gzipSync(Array.from({ length: 500 }, (_, index) => `${eventText(`m-${index}`, { userId: `user-${(index * 7_919) % 1_000}` })}\n`).join(''));
    world.put('in/a.ndjson.gz', packed.subarray(0, packed.length / 2));
    world.put('in/b.json', eventText('last'));

    const { status, out } = await world.run('preview in --json');

    expect(out).toMatch(/"broken":"is damaged gzip \((?:Error: )?unexpected end of file\); the rest of it can't be read"/);
    expect(out).toContain('"messageId":"m-0"');
    expect(out).toContain('"messageId":"last"');
    expect(status).toBe(1);
  });
});
