import { describe, expect, it } from '@jest/globals';

import { compileMapping, MappingError } from '../../../lambda/mapping/index.ts';
import { deepFreeze } from './vectors.ts';

const TEXT = 'x'.repeat(1_000_000);
const doubled = (depth: number): unknown =>
  depth === 0 ? { '@template': '{{text}}' } : { '@transform': { apply: { text: doubled(depth - 1) }, mapping: { '@template': '{{text}}{{text}}' } } };
const encoded = (depth: number): unknown => (depth === 0 ? { '@path': '$.text' } : { '@json': { mode: 'encode', value: encoded(depth - 1) } });

describe('what one event may cost', () => {
  it.each<[string, unknown, unknown]>([
    ['a template repeating a long text', { '@template': '{{text}}'.repeat(1000) }, { text: TEXT }],
    ['a template whose value brings placeholders', { '@template': '{{{text}}}' }, { text: '{{list}}'.repeat(10_000), list: 'x'.repeat(10_000) }],
    ['a template from the event', { '@template': { '@path': '$.text' } }, { text: '{{list}}'.repeat(10_000), list: 'x'.repeat(10_000) }],
    ['a template printing a long array often', { '@template': '{{list}}'.repeat(1000) }, { list: Array.from({ length: 100_000 }, () => 1) }],
    ['text doubled again and again', doubled(40), { text: 'xxxxxxxx' }],
    ['JSON in JSON in JSON', encoded(30), { text: '"' }],
    ['long keys flattened', { '@flatten': { separator: '.', value: { '@path': '$.text' } } }, { text: { ['k'.repeat(16_000)]: Array.from({ length: 8_000 }, () => 1) } }],
    ['long texts merged', { '@merge': { direction: 'right', objects: [{ '@path': '$.text' }] } }, { text: TEXT }],
    ['a liquid range', { '@liquid': '{{ (1..n) | join: "" | size }}' }, { n: 100_000_000 }],
    ['a replacement that repeats all before it', { '@replace': { pattern: 'x', replacement: '$`$`$`$`$`', value: { '@path': '$.text' } } }, { text: TEXT }],
  ])('is bounded: %s', (_, mapping, event) => {
    expect(() => compileMapping({ value: mapping })(event)).toThrow(MappingError);
  });

  it('does not limit what an event holds anyway', () => {
    const event = { text: TEXT, list: Array.from({ length: 90_000 }, (__, index) => index) };
    const mapping = { a: { '@template': '{{text}}{{text}}' }, b: { '@merge': { direction: 'right', objects: [{ '@path': '$.list' }] } }, c: { '@json': { mode: 'encode', value: { '@path': '$' } } } };

    expect(compileMapping(mapping)(event)).toMatchObject({ a: TEXT + TEXT, b: { 89_999: 89_999 } });
  });

  it.each([
    ['braces', '{'.repeat(1_000_000)],
    ['closing braces', '}'.repeat(1_000_000)],
    ['brace pairs', '{{a'.repeat(300_000)],
    ['halves', '{{a}'.repeat(250_000)],
  ])('takes one pass over %s that an event brings into a template', (_, text) => {
    expect(compileMapping({ value: { '@template': '{{{text}}}' } })({ text })).toEqual({ value: text });
  });
});

describe('an event', () => {
  it.each(['{% increment n %}', '{% decrement n %}', '{% assign n = 5 %}{{ n }}', '{% capture n %}7{% endcapture %}'])('is not changed by %s', (template) => {
    const event = deepFreeze({ n: 1, items: [{ n: 2 }] });

    expect(compileMapping({ a: { '@liquid': template }, n: { '@path': '$.n' }, b: { '@arrayPath': ['$.items', { '@liquid': template }] } })(event)).toMatchObject({ n: 1 });
    expect(event).toEqual({ n: 1, items: [{ n: 2 }] });
  });
});
