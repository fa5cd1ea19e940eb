import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { lintMappings, RULES } from '../../../lib/lint/index.ts';
import type { Example } from '../../../lib/lint/rule.ts';
import { completeExample } from './complete-example.ts';
import { BETWEEN_HARMS, CLOCK, FIELD_HARMS, ID_HARMS, TIMESTAMP_HARMS } from './harms/field-harms.ts';
import { outcomeOf } from './harms/harm.ts';
import type { Harm } from './harms/harm.ts';
import { DIRECTIVE_HARMS, PATH_HARMS, TEMPLATE_HARMS } from './harms/mapping-harms.ts';
import { CONDITION_HARMS, TRIGGER_HARMS } from './harms/trigger-harms.ts';

const HARMS: Readonly<Record<string, Harm>> = {
  ...TRIGGER_HARMS,
  ...CONDITION_HARMS,
  ...DIRECTIVE_HARMS,
  ...PATH_HARMS,
  ...TEMPLATE_HARMS,
  ...FIELD_HARMS,
  ...ID_HARMS,
  ...TIMESTAMP_HARMS,
  ...BETWEEN_HARMS,
};
/** These harm no event today; acknowledge.test.ts shows what they let through. */
const WITHOUT_EVENTS = ['unknown-acknowledge', 'unused-acknowledge'];

function found(entries: readonly Example[]): readonly string[] {
  const findings = lintMappings(completeExample(entries)).filter(({ acknowledged }) => !acknowledged);
  return [...new Set(findings.map(({ rule }) => rule))];
}

describe('the rules', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: CLOCK.startMs });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  function outcomes({ events, shows }: Harm, entries: readonly Example[]): readonly unknown[] {
    return events.map((event, index) => {
      jest.setSystemTime(CLOCK.startMs + index * CLOCK.stepMs);
      return outcomeOf(entries, event, shows);
    });
  }

  it('each have a name of their own and a harm to show', () => {
    const ids: readonly string[] = RULES.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+(?:-[a-z]+)*$/.test(id))).toEqual([]);
    expect([...Object.keys(HARMS), ...WITHOUT_EVENTS].toSorted()).toEqual(ids.toSorted());
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s finds its bad example and nothing else there, and leaves the good one alone', (id, { bad, good }) => {
    expect({ bad: found(bad), good: found(good) }).toEqual({ bad: [id], good: [] });
  });

  it.each(Object.entries(HARMS).map(([id, harm]) => [id, harm.claim, harm] as const))('%s prevents that %s', (id, _, harm) => {
    const rule = RULES.find((known) => known.id === id);

    expect(outcomes(harm, rule?.bad ?? [])).toEqual(harm.bad);
    expect(outcomes(harm, rule?.good ?? [])).toEqual(harm.good);
  });
});
