import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { afterAll, describe, expect, it } from '@jest/globals';

const MEGABYTE = 1_000_000;

function megabyteOf(pattern: string): string {
  return pattern.repeat(Math.ceil(MEGABYTE / pattern.length));
}

/** JSON text nested about as deep as a megabyte goes. */
const DEEP_ARRAY = '['.repeat(MEGABYTE / 2) + ']'.repeat(MEGABYTE / 2);
const DEEP_OBJECT = `${megabyteOf('{"a":')}1${'}'.repeat(MEGABYTE / 5)}`;
const WIDE_OBJECT = Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`k${index}`, 1]));

function text(value: unknown): string {
  return JSON.stringify(value);
}

// A megabyte of what is slow to read or grows: in a thread with the memory of the forward function, so that a hang ends and says where.
describe('a megabyte neither hangs, nor fills the memory, nor throws another error', () => {
  const HANG_MS = 20_000;
  const ENGINE = new URL('../../../lambda/mapping/index.ts', import.meta.url).href;
  const RUN = `
    const { parentPort, workerData } = require('node:worker_threads');
    const calls = {
      mapping: (api, mapping, event) => { api.inspectMapping(mapping); api.compileMapping(mapping)(event); },
      trigger: (api, trigger, event) => api.compileTrigger(trigger)(event),
      usage: (api, mapped) => api.toUsageEvent(mapped),
      event: (api, text) => { const event = api.parseEvent(text); event.exact(); event.roundedIntegers(); },
    };
    parentPort.on('message', async ({ call, inputs }) => {
      const api = await import(workerData);
      const values = inputs.map((text) => JSON.parse(text));
      try {
        calls[call](api, ...values);
        parentPort.postMessage('fine');
      } catch (error) {
        parentPort.postMessage(error.name);
      }
    });`;

  let thread: Worker | undefined;
  afterAll(() => thread?.terminate());

  async function outcome(call: 'mapping' | 'trigger' | 'usage' | 'event', ...inputs: readonly string[]): Promise<unknown> {
    const running = (thread ??= new Worker(RUN, { eval: true, workerData: ENGINE, resourceLimits: { maxOldGenerationSizeMb: 512 } }));
    running.postMessage({ call, inputs }, []);
    try {
      const [answer] = await once(running, 'message', { signal: AbortSignal.timeout(HANG_MS) });
      return answer;
    } catch (error) {
      thread = undefined;
      await running.terminate();
      throw error;
    }
  }

  it.each([
    ...['{', '{{', '{{a}', '{{{a}}', '[', ']', '0]', '.', '$.', '\'"', ' '].flatMap((pattern) => [
      [`@path of ${pattern}`, text({ '@path': megabyteOf(pattern) }), '{}'],
      [`@path from the event of ${pattern}`, text({ '@path': { '@path': 'a' } }), text({ a: megabyteOf(pattern) })],
      [`@template of ${pattern}`, text({ '@template': megabyteOf(pattern) }), '{}'],
    ]),
    ['@template that fills a megabyte in everywhere', text({ '@template': megabyteOf('{{a}}') }), text({ a: megabyteOf('x') })],
    ['@template whose values bring placeholders', text({ '@template': '{{{a}}}' }), text({ a: megabyteOf('{{b}}'), b: megabyteOf('x') })],
    ['@replace that repeats all before each match', text({ '@replace': { pattern: 'a', replacement: '$`', value: { '@path': 'a' } } }), text({ a: megabyteOf('a') })],
    ['@flatten of deep arrays', text({ '@flatten': { separator: '.', value: { '@path': 'a' } } }), `{"a":${DEEP_ARRAY}}`],
    ['@flatten of a wide object', text({ '@flatten': { separator: '.', value: { '@path': '' } } }), text(WIDE_OBJECT)],
    ['@flatten of a long name over many items', text({ '@flatten': { separator: '.', value: { '@path': '' } } }), text({ [megabyteOf('k')]: Array.from({ length: 100_000 }, () => 1) })],
    ['@merge of long texts', text({ '@merge': { direction: 'left', objects: Array.from({ length: 5 }, () => ({ '@path': 'a' })) } }), text({ a: megabyteOf('x') })],
    ['@json decode of deep text', text({ '@json': { mode: 'decode', value: { '@path': 'a' } } }), text({ a: DEEP_ARRAY })],
    ['@json encode of a deep event', text({ '@json': { mode: 'encode', value: { '@path': '' } } }), DEEP_OBJECT],
    ['@excludeWhenNull of a deep event', text({ '@excludeWhenNull': { '@path': '' } }), DEEP_OBJECT],
    ['@if blank of a deep array', text({ '@if': { blank: { '@path': 'a' }, then: 1 } }), `{"a":${DEEP_ARRAY}}`],
    ['@liquid of a deep event', text({ '@liquid': '{{ a | json }}' }), DEEP_OBJECT],
    ['@liquid of a long text', text({ '@liquid': '{{ a | strip_html | escape | split: "" | join: "-" | size }}' }), text({ a: megabyteOf('<script') })],
    ['@liquid of a wide range', text({ '@liquid': '{{ (1..a) | join: "" | size }}' }), text({ a: 99_999_999 })],
    ['a deep mapping', DEEP_OBJECT, '{}'],
    ['a deep array in a mapping', `{"a":${DEEP_ARRAY}}`, '{}'],
    ['deep directives', `${megabyteOf('{"@literal":')}1${'}'.repeat(Math.ceil(MEGABYTE / 12))}`, '{}'],
    ['a long directive name', text({ [`@${megabyteOf('x')}`]: 1 }), '{}'],
  ])('%s is mapped or refused', async (_what, mappingText, eventText) => {
    expect(await outcome('mapping', mappingText, eventText)).toMatch(/^(fine|MappingError)$/);
  }, HANG_MS * 2);

  it.each(['(', '()', '"', '!', '=', 'a.', 'type = "a" and ', 'properties.a = 1 or '])('a trigger of %s', async (pattern) => {
    expect(await outcome('trigger', text(megabyteOf(pattern)), '{}')).toBe('TriggerError');
  }, HANG_MS * 2);

  it.each(['contains(event, "aaab")', 'match(event, "*b")', 'event = "b"'])('a long text for %s', async (written) => {
    expect(await outcome('trigger', text(written), text({ event: megabyteOf('a') }))).toBe('fine');
  }, HANG_MS * 2);

  it.each(['transaction_id', 'customer_id', 'timestamp', 'event_type'])('a usage event with a long %s', async (field) => {
    const fields = { transaction_id: 'a', customer_id: 'b', timestamp: 1, event_type: 'c', properties: {} };
    expect(await outcome('usage', text({ ...fields, [field]: megabyteOf('1') }))).toMatch(/^(fine|UsageEventError)$/);
  }, HANG_MS * 2);

  it.each([
    ['one number', megabyteOf('1')],
    ['one fraction', `0.${megabyteOf('0')}1`],
    ['many long numbers', `[${megabyteOf('12345678901234567890,')}1]`],
    ['white space', `[${megabyteOf(' ')}1.10]`],
    ['text that looks like numbers', text(megabyteOf(', -1.1 '))],
    ['deep arrays round a number', DEEP_ARRAY.replace('[]', '[1.10]')],
  ])('an event of %s', async (_what, eventText) => {
    expect(await outcome('event', text(eventText))).toMatch(/^(fine|MappingError)$/);
  }, HANG_MS * 2);
});
