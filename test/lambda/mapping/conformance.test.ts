import { describe, expect, it } from '@jest/globals';

import { compileMapping, compileTrigger, MappingError, toUsageEvent, TriggerError } from '../../../lambda/mapping/index.ts';
import { deepFreeze, DEFAULT_MAPPING, DEFAULT_TRIGGER, expectedError, expectedValue, readVectors } from './vectors.ts';
import type { Vector } from './vectors.ts';

describe('compileMapping, against the hosted mapping kit', () => {
  const vectors = readVectors('mapping.json');
  const refused = vectors.filter((vector) => expectedError(vector) !== undefined);
  const mapped = vectors.filter((vector) => expectedError(vector) === undefined);

  it.each(mapped)('maps: $name', ({ mapping, event, expected }) => {
    expect(compileMapping(deepFreeze(mapping))(deepFreeze(event))).toStrictEqual(expectedValue(expected));
  });

  it.each(refused)('refuses: $name', ({ mapping, event }) => {
    expect(() => compileMapping(deepFreeze(mapping))(deepFreeze(event))).toThrow(MappingError);
  });
});

describe('trigger, mapping and toUsageEvent together, against the hosted destination', () => {
  // Hosted sends this member although its schema doesn't declare it; an authentication setting has no place in a bill.
  const DEVIATION = 'dynamicAuthSettings passes through';
  const vectors = readVectors('metronome.json');
  const same = vectors.filter(({ name }) => name !== DEVIATION);

  it.each(same)('$name', (vector) => {
    expect(outcome(vector)).toStrictEqual(expectedError(vector) === undefined ? vector.expected : 'refused');
  });

  it('drops dynamicAuthSettings', () => {
    const vector = vectors.find(({ name }) => name === DEVIATION);
    expect(vector && outcome(vector)).toMatchObject({ sent: { transaction_id: 'm-100' } });
    expect(vector && outcome(vector)).not.toHaveProperty('sent.dynamicAuthSettings');
  });
});

/** What would leave for Metronome, in the words of the vectors. */
function outcome({ mapping, event, trigger = DEFAULT_TRIGGER }: Vector): unknown {
  try {
    if (trigger !== null && !compileTrigger(trigger)(event)) return { skipped: true };
    const mapped = compileMapping(deepFreeze(mapping ?? DEFAULT_MAPPING))(deepFreeze(event));
    return { sent: JSON.parse(JSON.stringify(toUsageEvent(mapped))) };
  } catch (error) {
    // A trigger that can't be parsed matches nothing at hosted; the bridge refuses it before it is deployed.
    return error instanceof TriggerError && error.stage === 'parse' ? { skipped: true } : 'refused';
  }
}
