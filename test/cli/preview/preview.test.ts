import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

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

describe('bridge preview', () => {
  it('shows a delivered event with its usage event', async () => {
    world.put('a.json', eventText('m-1'));

    const { status, out, err } = await world.run('preview a.json');

    expect(out).toContain('would be delivered  track "api_call"  a.json\n    calls\n      transaction_id "m-1"');
    expect(out).toContain('1 event in 1 file');
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it.each(['preview ', 'preview events.json '])('takes no empty file name for the whole folder: "%s"', async (words) => {
    world.put('events.json', eventText('a'));
    const { status, out, err } = await world.run(words);

    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/One of the files to preview is an empty text: is a variable unset\?/);
  });

  it('shows of a filtered event the triggers that do not match, and exits with 0', async () => {
    const { status, out } = await world.run('preview -', '[{"type":"page"},{"type":"page"}]');

    expect(out).toContain('filtered            page  stdin:1[0]\n    doesn\'t match "calls": type = "track"\n');
    expect(out).toContain('filtered            page  stdin:1[1]\n    doesn\'t match "calls"\n');
    expect(status).toBe(0);
  });

  it('shows of a quarantined event reason and sentence, and exits with 1', async () => {
    const { status, out } = await world.run('preview -', eventText('m-1', { context: {} }));

    expect(out).toMatch(/quarantined {9}track "api_call" {2}stdin:1\n {4}calls\n {6}missing_field: customer_id is missing/);
    expect(status).toBe(1);
  });

  it('prints with --json nothing but a JSON object a line, the summary last', async () => {
    const { status, err, lines } = await world.run('preview - --json', `${eventText('m-1')}\n{"type":"page","messageId":"m-2"}\n${eventText('m-3', { context: {} })}\noops\n7`);

    expect(lines()).toEqual([
      expect.objectContaining({ file: 'stdin', line: 1, messageId: 'm-1', type: 'track', eventName: 'api_call', fate: 'delivered', usage: [{ mapping: 'calls', transactionId: 'm-1', verdict: 'delivered', usageEvent: expect.objectContaining({ transaction_id: 'm-1' }) }] }),
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
          repeatedTransactionIds: 0,
          comparedAllTransactionIds: true,
          notRead: 0,
        }),
      },
    ]);
    expect(err).toMatch(/^Broken input: stdin:4 is not JSON: .*\n$/);
    expect(status).toBe(1);
  });

  it('keeps numbers digit for digit', async () => {
    const { out } = await world.run('preview - --json', `{${eventText('m-1').slice(1, -1)},"properties":{"n":12345678901234567890,"d":1.10}}`);

    expect(out).toContain('"properties":{"n":12345678901234567890,"d":1.10}');
  });

  it('judges ages as of when Segment received the event, unless told otherwise', async () => {
    const past = new Date(NOW - 60 * DAY_MS).toISOString();
    const event = eventText('m-1', { timestamp: past, receivedAt: past });

    expect(await world.run('preview -', event)).toMatchObject({ status: 0, out: expect.stringMatching(/as of each event's receivedAt, else\s+its sentAt, else now/) });
    expect(await world.run('preview -', eventText('m-1', { timestamp: past }))).toMatchObject({ status: 1, out: expect.stringContaining('timestamp_too_old') });
    expect(await world.run('preview - --as-of now', event)).toMatchObject({ status: 1, out: expect.stringContaining('timestamp_too_old') });
    expect(await world.run('preview - --as-of 2026-09-30', event)).toMatchObject({ status: 0, out: expect.stringMatching(/arrived at\s+2026-09-30T00:00:00.000Z/) });
  });

  it('counts usage events that repeat a transaction_id, which Metronome bills once', async () => {
    const events = [eventText('m-1'), eventText('m-2'), eventText('m-1'), eventText('m-1', { context: {} })].join('\n');

    const text = await world.run('preview -', events);
    const { status, lines } = await world.run('preview - --json', events);

    expect(text.out).toMatch(/stdin:3\n.*\n.*\n.*\n.*\n {6}Note: repeats the transaction_id of an earlier usage event/);
    expect(text.out.match(/Note: repeats/g)).toHaveLength(1);
    expect(text.out).toContain('        1 repeat the transaction_id of an earlier one: Metronome bills it once\n');
    expect(lines().map(({ usage }) => (usage as readonly Readonly<Record<string, unknown>>[] | undefined)?.[0]?.['repeatsTransactionId'])).toEqual([undefined, undefined, true, undefined, undefined]);
    expect(lines().at(-1)).toHaveProperty('summary.repeatedTransactionIds', 1);
    expect(status).toBe(1);
    expect(await world.run('preview -', `${eventText('m-1')}\n${eventText('m-1')}`)).toMatchObject({ status: 0 });
  });

  it('shows an event that repeats an id also where only problems are shown', async () => {
    const events = Array.from({ length: 100 }, (_, index) => eventText(`m-${index % 70}`)).join('\n');

    const { out } = await world.run('preview -', events);

    expect(out.match(/^would be delivered/gm)).toHaveLength(50 + 20);
    expect(out).toContain('       30 repeat the transaction_id');
  });

  it('says of an id what JavaScript made of its number', async () => {
    world.put('mappings.json', mappingsText({ customer_id: { '@path': '$.properties.account' } }));
    const event = `{${eventText('m-1').slice(1, -1)},"properties":{"account":12345678901234567890}}`;

    const text = await world.run('preview -', event);
    const { lines } = await world.run('preview - --json', event);

    expect(text.out).toMatch(/Note: an id holds an integer that JavaScript rounds/);
    expect(text.out).toContain('1 have an id with an integer that JavaScript rounds');
    expect(lines()[0]).toHaveProperty('usage.0.hasRoundedId', true);
  });

  it('says of an event without a type why nothing matches it', async () => {
    expect((await world.run('preview -', '{"event":"api_call"}')).out).toContain('filtered            (no type) "api_call"  stdin:1\n    Note: no type: no trigger on type can match.\n');
    expect((await world.run('preview - --json', '{"type":""}\n{"type":"x"}')).lines().map(({ note }) => note)).toEqual(['no type: no trigger on type can match', undefined, undefined]);
  });

  it('shows of many events only the first and the problems, unless told otherwise', async () => {
    const many = Array.from({ length: 100 }, (_, index) => eventText(`good-${index}`, index >= 60 ? { context: {} } : {})).join('\n');

    const { out } = await world.run('preview -', many);
    const verbose = await world.run('preview - --verbose', many);

    expect(out.match(/^would be delivered/gm)).toHaveLength(50);
    expect(out.match(/^quarantined/gm)).toHaveLength(20);
    expect(out).toContain('All: --verbose');
    expect(verbose.out.match(/^(would|quarantined)/gm)).toHaveLength(100);
  });

  it('shows nothing of an event that would steer the terminal', async () => {
    const { out } = await world.run('preview -', '{"type":"tr\\u001b[2Jack"}');

    expect(out).toContain('tr\\u001b[2Jack');
  });

  it('says in words why mappings can not be used, and exits with 1', async () => {
    world.put('broken.json', mappingsText({}, '('));

    expect(await world.run('preview --mappings none.json')).toMatchObject({ status: 1, out: '', err: 'The mappings file none.json does not exist.\n' });
    expect(await world.run('preview --mappings broken.json')).toMatchObject({ status: 1, out: '', err: expect.stringContaining('broken.json') });
  });

  it('says that mappings with lint errors can not be deployed, and goes on', async () => {
    world.put('odd.json', mappingsText({}, 'type = "track" AND event = "api_call"'));

    const { status, err } = await world.run('preview - --mappings odd.json', eventText('m-1'));

    expect(err).toBe("Note: odd.json has 1 lint error and can't be deployed like this. See:\nnpm run bridge -- lint odd.json\n");
    expect(status).toBe(0);
  });

  it.each([
    ['preview --as-of yesterday', /--as-of.*with its zone/],
    ['preview --format csv', /Allowed choices are json, ndjson/],
    ['preview --jsn', /unknown option '--jsn'/],
    ['previw', /unknown command 'previw'/],
  ])('exits with 2 for: %s', async (words, message) => {
    expect(await world.run(words)).toMatchObject({ status: 2, out: '', err: expect.stringMatching(message) });
  });
});
