import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { compileMapping, compileTrigger, inspectMapping, MappingError, toUsageEvent, TriggerError, UsageEventError } from '../../../lambda/mapping/index.ts';
import { anyJson, copying, event, mapped, mapping, trigger } from './arbitraries.ts';

const RUNS = { numRuns: 800 };

/** What a call gave, or the error of the one type it may throw; any other error goes on. */
function outcomeOf(errorType: new (...args: never) => Error, call: () => unknown): { readonly value: unknown } | { readonly refused: string } {
  try {
    return { value: call() };
  } catch (error) {
    if (error instanceof errorType) return { refused: error.message };
    throw error;
  }
}

/** Everything about a value, undefined and -0 too. Jest's equality looks at `constructor`, which events have as a member. */
function asText(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => (part === undefined || typeof part === 'number' ? `${typeof part} ${inspect(part)}` : part));
}

/** Every value inside a value, itself included. */
function* parts(value: unknown): Generator<unknown> {
  yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const member of Object.values(value)) yield* parts(member);
}

/** False for a prototype itself, and for an object whose prototype a member named `__proto__` has set. */
function hasOrdinaryPrototype(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  const root: unknown = Array.isArray(value) ? Object.getPrototypeOf(prototype) : prototype;
  return root !== null && Object.getPrototypeOf(root) === null;
}

/** What every object, array and text inherits. */
function inheritedByAll(): unknown {
  return [Object.prototype, Array.prototype, String.prototype].map((prototype) =>
    Reflect.ownKeys(prototype).map((key) => [key, Object.getOwnPropertyDescriptor(prototype, key)?.value]),
  );
}

describe('a mapping and an event nobody wrote', () => {
  let before: unknown;
  beforeEach(() => {
    before = inheritedByAll();
  });
  afterEach(() => {
    expect(inheritedByAll()).toEqual(before);
  });

  it('throws nothing but MappingError, and gives the same each time it is compiled and evaluated', () => {
    fc.assert(
      fc.property(mapping, fc.oneof({ weight: 4, arbitrary: event }, anyJson), (written, happened) => {
        const first = outcomeOf(MappingError, () => compileMapping(written)(happened));
        const second = outcomeOf(MappingError, () => {
          const evaluate = compileMapping(written);
          outcomeOf(MappingError, () => evaluate(happened));
          return evaluate(happened);
        });

        expect(asText(second)).toBe(asText(first));
      }),
      RUNS,
    );
  });

  it('leaves mapping and event as they were', () => {
    fc.assert(
      fc.property(mapping, event, (written, happened) => {
        const asTheyWere = asText([written, happened]);

        outcomeOf(MappingError, () => compileMapping(written)(happened));

        expect(asText([written, happened])).toBe(asTheyWere);
      }),
      RUNS,
    );
  });

  it('gives values with ordinary prototypes, never a function', () => {
    fc.assert(
      fc.property(fc.oneof(mapping, copying), event, (written, happened) => {
        const outcome = outcomeOf(MappingError, () => compileMapping(written)(happened));

        for (const part of parts('value' in outcome ? outcome.value : undefined)) {
          expect(typeof part).not.toBe('function');
          expect(hasOrdinaryPrototype(part)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('is refused by compileMapping exactly when inspectMapping says so', () => {
    fc.assert(
      fc.property(fc.oneof(mapping, anyJson), (written) => {
        const problems = inspectMapping(written);

        const isRefused = 'refused' in outcomeOf(MappingError, () => compileMapping(written));

        expect(problems.some(({ kind }) => kind === 'refused')).toBe(isRefused);
        expect(problems.every(({ error }) => error instanceof MappingError)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('a trigger and an event nobody wrote', () => {
  it('throws nothing but TriggerError, gives the same each time and leaves the event as it was', () => {
    fc.assert(
      fc.property(fc.oneof(trigger, fc.string({ unit: 'binary' })), fc.oneof({ weight: 4, arbitrary: event }, anyJson), (written, happened) => {
        const asItWas = asText(happened);
        const first = outcomeOf(TriggerError, () => compileTrigger(written)(happened));

        expect(outcomeOf(TriggerError, () => compileTrigger(written)(happened))).toStrictEqual(first);
        if ('value' in first) expect(typeof first.value).toBe('boolean');
        expect(asText(happened)).toBe(asItWas);
      }),
      RUNS,
    );
  });
});

describe('a mapped value nobody wrote', () => {
  it('becomes a usage event of five fields, or throws nothing but UsageEventError, and stays as it was', () => {
    fc.assert(
      fc.property(mapped, (value) => {
        const asItWas = asText(value);
        const outcome = outcomeOf(UsageEventError, () => toUsageEvent(value));

        if ('value' in outcome) {
          expect(outcome.value).toStrictEqual({
            transaction_id: expect.any(String),
            customer_id: expect.any(String),
            timestamp: expect.stringMatching(/^([+-]\d\d)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
            event_type: expect.any(String),
            properties: expect.objectContaining({}),
          });
        }
        expect(asText(value)).toBe(asItWas);
      }),
      RUNS,
    );
  });
});
