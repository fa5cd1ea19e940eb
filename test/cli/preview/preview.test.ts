import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { runBridge } from '../../../cli/run.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { DEFAULT_MAPPING } from '../../lambda/forward/factories.ts';
import { ioDouble, NOW } from '../io-double.ts';

const DAY_MS = 24 * 60 * 60_000;
const MAPPINGS = mappingsText();

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
  put('mappings.json', MAPPINGS);
});

afterEach(() => {
  folder.remove();
});

function put(path: string, content: string): void {
  mkdirSync(dirname(join(folder.path, path)), { recursive: true });
  writeFileSync(join(folder.path, path), content);
}

function mappingsText(fields: Readonly<Record<string, unknown>> = {}, trigger = 'type = "track"'): string {
  return JSON.stringify({ mappings: [{ name: 'calls', trigger, mapping: { ...DEFAULT_MAPPING, ...fields } }] });
}

const eventText = (id: string, overrides: Readonly<Record<string, unknown>> = {}): string => JSON.stringify(trackEvent(id, overrides, NOW));

async function run(words: string, input = ''): Promise<{ readonly status: number; readonly out: string; readonly err: string; readonly lines: () => readonly Readonly<Record<string, unknown>>[] }> {
  const double = ioDouble(folder.path, { input });
  const status = await runBridge(words.split(' '), double.io);
  return { status, out: double.out(), err: double.err(), lines: double.outLines };
}

describe('bridge preview', () => {
  it('shows a delivered event with its usage event', async () => {
    put('a.json', eventText('m-1'));

    const { status, out, err } = await run('preview a.json');

    expect(out).toContain('would be delivered  track "api_call"  a.json\n    calls\n      transaction_id "m-1"');
    expect(out).toContain('1 event in 1 file');
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it('shows of a filtered event the triggers that do not match, and exits with 0', async () => {
    const { status, out } = await run('preview -', '[{"type":"page"},{"type":"page"}]');

    expect(out).toContain('filtered            page  stdin:1[0]\n    doesn\'t match "calls": type = "track"\n');
    expect(out).toContain('filtered            page  stdin:1[1]\n    doesn\'t match "calls"\n');
    expect(status).toBe(0);
  });

  it('shows of a quarantined event reason and sentence, and exits with 1', async () => {
    const { status, out } = await run('preview -', eventText('m-1', { context: {} }));

    expect(out).toMatch(/quarantined {9}track "api_call" {2}stdin:1\n {4}calls\n {6}missing_field: customer_id is missing/);
    expect(status).toBe(1);
  });

  it('prints with --json nothing but a JSON object a line, the summary last', async () => {
    const { status, err, lines } = await run('preview - --json', `${eventText('m-1')}\n{"type":"page","messageId":"m-2"}\n${eventText('m-3', { context: {} })}\noops\n7`);

    expect(lines()).toEqual([
      expect.objectContaining({ file: 'stdin', line: 1, messageId: 'm-1', type: 'track', event: 'api_call', fate: 'delivered', usage: [{ mapping: 'calls', verdict: 'delivered', event: expect.objectContaining({ transaction_id: 'm-1' }) }] }),
      { file: 'stdin', line: 2, messageId: 'm-2', type: 'page', fate: 'filtered', unmatched: ['calls'], usage: [] },
      expect.objectContaining({ line: 3, fate: 'quarantined', reason: 'missing_field', field: 'customer_id', usage: [expect.objectContaining({ mapping: 'calls', verdict: 'quarantined' })] }),
      { file: 'stdin', line: 4, broken: expect.stringContaining('is not JSON') },
      expect.objectContaining({ line: 5, fate: 'quarantined', reason: 'not_an_event', usage: [] }),
      {
        summary: expect.objectContaining({
          files: 1,
          events: 4,
          broken: 1,
          fates: { delivered: 1, filtered: 1, quarantined: 2 },
          reasons: { missing_field: 1, not_an_event: 1 },
          mappings: { calls: { delivered: 1, quarantined: 1 } },
        }),
      },
    ]);
    expect(err).toMatch(/^Broken input: stdin:4 is not JSON: .*\n$/);
    expect(status).toBe(1);
  });

  it('takes whatever bytes it is given', async () => {
    const pieces = fc.constantFrom('{"type":"track"}', '{"type":"track","messageId":', '[', ']', '}', ',', '\n', '"', '7', '\0', '\ufeff');

    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 20 }), async (parts) => {
        const { status, lines } = await run('preview - --json', parts.join(''));

        expect(lines().at(-1)).toHaveProperty('summary');
        expect([0, 1]).toContain(status);
      }),
    );
  });

  it('keeps numbers digit for digit', async () => {
    const { out } = await run('preview - --json', `{${eventText('m-1').slice(1, -1)},"properties":{"n":12345678901234567890,"d":1.10}}`);

    expect(out).toContain('"properties":{"n":12345678901234567890,"d":1.10}');
  });

  it('judges ages as of the event\'s own time, unless told otherwise', async () => {
    const event = eventText('m-1', { timestamp: new Date(NOW - 60 * DAY_MS).toISOString() });

    expect(await run('preview -', event)).toMatchObject({ status: 0, out: expect.stringMatching(/as of each\s+event's own receivedAt/) });
    expect(await run('preview - --as-of now', event)).toMatchObject({ status: 1, out: expect.stringContaining('timestamp_too_old') });
    expect(await run('preview - --as-of 2026-09-30', event)).toMatchObject({ status: 0, out: expect.stringMatching(/arrived at\s+2026-09-30T00:00:00.000Z/) });
  });

  it('goes on after everything that is wrong with the input', async () => {
    put('in/a.ndjson', `${eventText('m-1')}\n{"type":\n${eventText('m-2')}\n`);
    put('in/deep/b.json', `[${eventText('m-3')}, oops, ${eventText('m-4')}]`);
    put('in/mappings.json', MAPPINGS);
    put('in/readme.md', '');
    put('empty/notes.txt', '');

    const { status, out, err } = await run('preview in none.json empty');

    expect(out).toContain('broken input: none.json does not exist');
    expect(out).toContain('broken input: empty has no .json, .ndjson or .jsonl file in it');
    expect(out).toContain('broken input: in/a.ndjson:2 is not JSON');
    expect(out).toContain('broken input: in/deep/b.json:1[1] is not JSON');
    expect(out).toContain('4 events in 2 files');
    expect(err).toBe('Note: 2 other files skipped; events are read from .json, .ndjson and .jsonl.\nNote: in/mappings.json holds mappings, not events, and is skipped.\n');
    expect(status).toBe(1);
  });

  it('exits with 1 when there is no event', async () => {
    expect(await run('preview -')).toMatchObject({ status: 1, err: 'Note: stdin holds no event.\n', out: expect.stringContaining('0 events') });
  });

  it('shows of many events only the first and the problems, unless told otherwise', async () => {
    const many = Array.from({ length: 100 }, (_, index) => eventText(`good-${index}`, index >= 60 ? { context: {} } : {})).join('\n');

    const { out } = await run('preview -', many);
    const verbose = await run('preview - --verbose', many);

    expect(out.match(/^would be delivered/gm)).toHaveLength(50);
    expect(out.match(/^quarantined/gm)).toHaveLength(20);
    expect(out).toContain('All: --verbose');
    expect(verbose.out.match(/^(would|quarantined)/gm)).toHaveLength(100);
  });

  it('shows nothing of an event that would steer the terminal', async () => {
    const { out } = await run('preview -', '{"type":"tr\\u001b[2Jack"}');

    expect(out).toContain('tr\ufffd[2Jack');
  });

  it('says in words why mappings can not be used, and exits with 1', async () => {
    put('broken.json', mappingsText({}, '('));

    expect(await run('preview --mappings none.json')).toMatchObject({ status: 1, out: '', err: 'The mappings file none.json does not exist.\n' });
    expect(await run('preview --mappings broken.json')).toMatchObject({ status: 1, out: '', err: expect.stringContaining('broken.json') });
  });

  it('says that mappings with lint errors can not be deployed, and goes on', async () => {
    put('odd.json', mappingsText({}, 'type = "track" AND event = "api_call"'));

    const { status, err } = await run('preview - --mappings odd.json', eventText('m-1'));

    expect(err).toBe("Note: odd.json has 1 lint error and can't be deployed like this. See: npm run bridge -- lint odd.json\n");
    expect(status).toBe(0);
  });

  it.each([
    ['preview --as-of yesterday', /--as-of.*with its zone/],
    ['preview --format csv', /Allowed choices are json, ndjson/],
    ['preview --jsn', /unknown option '--jsn'/],
    ['previw', /unknown command 'previw'/],
  ])('exits with 2 for: %s', async (words, message) => {
    expect(await run(words)).toMatchObject({ status: 2, out: '', err: expect.stringMatching(message) });
  });
});

describe('bridge preview --diff', () => {
  it('says nothing changes when nothing does, and exits with 0', async () => {
    const { status, out } = await run('preview - --diff mappings.json', eventText('m-1', { context: {} }));

    expect({ status, out }).toEqual({ status: 0, out: 'mappings.json → mappings.json: 0 of 1 event would change\n' });
  });

  it('shows field by field what changes', async () => {
    put('new.json', mappingsText({ customer_id: { '@path': '$.userId' } }));

    const { status, out } = await run('preview - --mappings new.json --diff mappings.json', eventText('m-1'));

    expect(out).toContain('track "api_call"  stdin:1\n    calls\n      customer_id "customer-1" → "user-1"\n');
    expect(out).toContain('1 of 1 event would change');
    expect(status).toBe(0);
  });

  it('takes another transaction_id for an error', async () => {
    put('new.json', mappingsText({ transaction_id: { '@path': '$.userId' } }));

    const text = await run('preview - --mappings new.json --diff mappings.json', eventText('m-1'));
    const { status, lines } = await run('preview - --mappings new.json --diff mappings.json --json', eventText('m-1'));

    expect(text.out).toMatch(/ERROR: transaction_id "m-1" → "user-1".*ERROR: The same event .*billed\s+under both ids\.\n$/s);
    expect(lines()).toEqual([
      expect.objectContaining({ before: { fate: 'delivered' }, changes: [expect.objectContaining({ change: 'transaction_id', before: 'm-1', after: 'user-1', error: expect.any(String) })] }),
      {
        summary: expect.objectContaining({
          events: 1,
          changed: 1,
          transactionIdChanged: 1,
          before: { mappingsFile: 'mappings.json', mappingVersion: expect.any(String) },
          after: { mappingsFile: 'new.json', mappingVersion: expect.any(String) },
          asOf: 'own',
        }),
      },
    ]);
    expect([text.status, status]).toEqual([1, 1]);
  });

  it('exits with 1 when an event is newly quarantined', async () => {
    put('new.json', mappingsText({ customer_id: { '@path': '$.nothing' } }));

    const { status, out } = await run('preview - --mappings new.json --diff mappings.json', eventText('m-1'));

    expect(out).toMatch(/would be delivered → quarantined, missing_field: customer_id is missing/);
    expect(status).toBe(1);
  });
});
