import { describe, expect, it } from '@jest/globals';

import { benchEvent, benchEvents, EVENT_SIZES } from '../../../bench/performance/events.ts';
import { MAPPING_CASES } from '../../../bench/performance/mapping-cases.ts';
import { mustBeSame, WrongAnswer } from '../../../bench/performance/same-answer.ts';
import { compileMappings } from '../../../lambda/mapping/index.ts';
import { checkMappingsText } from '../../../lib/mappings-file.ts';

const AT = Date.UTC(2026, 0, 15, 12);

describe('benchEvent', () => {
  it.each(EVENT_SIZES)('has about %i bytes', (bytes) => {
    for (const event of benchEvents(40, bytes, AT)) expect(Math.abs(JSON.stringify(event).length / bytes - 1)).toBeLessThan(0.15);
  });

  it('is the same for the same arguments, and differs from its neighbours', () => {
    expect(benchEvent(7, 2_000, AT)).toEqual(benchEvent(7, 2_000, AT));
    expect(new Set(benchEvents(1_000, 500, AT).map(({ messageId }) => messageId)).size).toBe(1_000);
  });
});

describe.each(Object.values(MAPPING_CASES))('the measured mapping "$title"', ({ definitions, expected }) => {
  it.each(EVENT_SIZES)('makes of events of %i bytes what is written down', (bytes) => {
    const { mappings } = compileMappings(JSON.stringify({ mappings: definitions }));

    for (const event of benchEvents(40, bytes, AT)) {
      const matching = mappings.filter(({ matches }) => matches(event));
      expect(matching.map(({ map }) => map(event))).toEqual([expected(event)]);
    }
  });

  it('is one that a deployment takes', () => {
    expect(() => checkMappingsText(JSON.stringify({ mappings: definitions }), 'mappings.json')).not.toThrow();
  });
});

describe('mustBeSame', () => {
  it('takes the same members in another order, and leaves out undefined ones as JSON does', () => {
    expect(() => mustBeSame('a side', { a: 1, b: [2], c: undefined }, { b: [2], a: 1 })).not.toThrow();
  });

  it.each([
    ['another value', { a: 1 }, { a: 2 }],
    ['text for a number', { a: '1' }, { a: 1 }],
    ['a missing event', [{ a: 1 }], [{ a: 1 }, { a: 2 }]],
    ['nothing at all', undefined, { a: 1 }],
  ])('refuses %s, with both answers', (_, answer, expected) => {
    expect(() => mustBeSame('a side', answer, expected)).toThrow(WrongAnswer);
    expect(() => mustBeSame('a side', answer, expected)).toThrow(/a side gives a wrong answer[^]*expected[^]*received/);
  });
});
