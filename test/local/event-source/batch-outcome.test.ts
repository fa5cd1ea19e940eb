import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { batchOutcome } from '../../../local/event-source/batch-outcome.ts';
import type { Invocation } from '../../../local/function/invocation.ts';

const IDS = ['a', 'b', 'c'];

function returned(value: unknown): Invocation {
  return { kind: 'returned', value };
}

function circular(): unknown {
  const value: { self?: unknown } = {};
  value.self = value;
  return value;
}

describe('batchOutcome', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['an empty list', { batchItemFailures: [] }],
    ['a null list', { batchItemFailures: null }],
    ['an undefined list, which JSON leaves out', { batchItemFailures: undefined }],
  ])('deletes all after %s', (_, value) => {
    expect(batchOutcome(returned(value), IDS)).toEqual({ delete: IDS, keep: [] });
  });

  it.each([
    ['one id', [{ itemIdentifier: 'b' }], ['b']],
    ['an id twice', [{ itemIdentifier: 'b' }, { itemIdentifier: 'b' }], ['b']],
    ['all ids in another order', [{ itemIdentifier: 'c' }, { itemIdentifier: 'a' }, { itemIdentifier: 'b' }], IDS],
    ['an id with further keys', [{ itemIdentifier: 'a', reason: 'x' }], ['a']],
  ])('keeps just the failures after %s', (_, batchItemFailures, keep) => {
    const rest = IDS.filter((id) => !keep.includes(id));

    expect(batchOutcome(returned({ batchItemFailures }), IDS)).toEqual({ delete: rest, keep });
  });

  it.each([
    ['an unknown id', { batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'stranger' }] }],
    ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a null id', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['a number as id', { batchItemFailures: [{ itemIdentifier: 1 }] }],
    ['a wrong key for the id', { batchItemFailures: [{ messageId: 'a' }] }],
    ['bare ids', { batchItemFailures: ['a'] }],
    ['null in the list', { batchItemFailures: [null] }],
    ['a wrong key for the list', { failures: [] }],
    ['an object as list', { batchItemFailures: {} }],
    ['a list', []],
    ['a text', 'ok'],
    ['false', false],
    ['a bigint', { batchItemFailures: 1n }],
    ['a circle', circular()],
  ])('keeps all after %s, and says why', (_, value) => {
    expect(batchOutcome(returned(value), IDS)).toEqual({ delete: [], keep: IDS, problem: expect.stringMatching(/\w.+\.$/) });
  });

  it.each<[string, Invocation, string]>([
    ['an error', { kind: 'threw', error: new RangeError('with a body') }, 'The function threw RangeError.'],
    ['a thrown undefined', { kind: 'threw', error: undefined }, 'The function threw something that is no Error.'],
    ['a timeout', { kind: 'timed_out', timeoutSeconds: 60 }, 'The function was still running after 60 s.'],
  ])('keeps all after %s, without quoting it', (_, invocation, problem) => {
    expect(batchOutcome(invocation, IDS)).toEqual({ delete: [], keep: IDS, problem });
  });

  it('gives every message of the batch exactly one outcome, whatever comes back', () => {
    const answers = fc.oneof(fc.anything(), fc.record({ batchItemFailures: fc.array(fc.record({ itemIdentifier: fc.constantFrom(...IDS, 'x', '') })) }));
    fc.assert(
      fc.property(answers, (value) => {
        const outcome = batchOutcome(returned(value), IDS);
        expect([...outcome.delete, ...outcome.keep].toSorted()).toEqual(IDS);
      }),
    );
  });
});
