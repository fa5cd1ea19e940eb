import { describe, expect, it } from '@jest/globals';

import { stateOfPoints } from './evaluate-alarm.ts';
import type { AlarmState } from './evaluate-alarm.ts';
import { metricMath } from './metric-math.ts';

const BEFORE: AlarmState = 'OK';
const KEPT = 'kept';
const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** AWS's own examples: `X` breaches, `0` doesn't, `-` is missing. */
describe('stateOfPoints', () => {
  it.each([
    ['0-X-X', 3, ['OK', 'OK', 'OK', 'OK']],
    ['0----', 3, ['OK', 'OK', 'OK', 'OK']],
    ['-----', 3, ['INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK']],
    ['0XX-X', 3, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['--X--', 3, ['ALARM', KEPT, 'ALARM', 'OK']],
    ['0-X-X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['00X0X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0-X--', 2, ['OK', 'OK', 'ALARM', 'OK']],
    ['----0', 2, ['OK', 'OK', 'ALARM', 'OK']],
  ] as const)('%s, %i of 3', (shown, DatapointsToAlarm, expected) => {
    const points = [...shown].map((one) => (one === '-' ? undefined : one === 'X'));

    const states = TREATMENTS.map((TreatMissingData) => stateOfPoints({ EvaluationPeriods: 3, DatapointsToAlarm, TreatMissingData }, points, BEFORE));

    expect(states).toEqual(expected.map((state) => (state === KEPT ? BEFORE : state)));
  });
});

describe('metricMath', () => {
  it.each([
    ['IF(a > 0 AND b < 1, 1, 0)', { a: 3, b: 0 }, 1],
    ['IF(a > 0 AND b < 1, 1, 0)', { a: 3, b: 1 }, 0],
    ['IF(a > 0 AND b < 1, 1, 0)', { a: 3 }, undefined],
    ['IF(a > 0 AND FILL(b, 0) < 1, 1, 0)', { a: 3 }, 1],
    ['IF(a >= 1 OR b == 2, 5, 6)', { a: 0, b: 2 }, 5],
    ['IF(a >= 1 OR b == 2, 5, 6)', { a: 0, b: 3 }, 6],
  ])('%s with %j is %p', (expression, values, expected) => {
    expect(metricMath(expression, (metric) => new Map(Object.entries(values)).get(metric))).toBe(expected);
  });
});
