import { describe, expect, it } from '@jest/globals';

import type { RootFilter } from '../../../cli/replay/filter.ts';
import { everything, unmatchedText } from '../../../cli/replay/unmatched.ts';
import { lineOf } from './lines.ts';

const failed = (mapping: string) => ({ mapping, verdict: 'quarantined' as const, reason: 'missing_field', field: 'customer_id' });
const open = (root: string, minutes: number, mappings: readonly string[]) => ({ root, key: '', delivered: [], failed: [], waiting: [], line: lineOf(minutes, { reason: 'missing_field', field: 'customer_id', usage: mappings.map(failed) }) });
const ALL = everything([open('one', 0, ['calls']), open('two', 60, ['calls', 'seats'])]);

describe('unmatchedText', () => {
  it.each<[RootFilter, string | undefined]>([
    [{}, undefined],
    [{ mapping: 'typo' }, 'None of the 2 open events matches --mapping typo (mappings there: calls, seats).'],
    [{ reason: 'not_json' }, 'None of the 2 open events matches --reason not_json (reasons there: missing_field).'],
    [{ field: 'x', customer: 'nobody' }, 'None of the 2 open events matches --field x (fields there: customer_id) and --customer nobody.'],
    [{ from: 0 }, 'None of the 2 open events matches the times asked for (their fates are of 2026-11-20T12:00Z to 2026-11-20T13:00Z).'],
    [{ customer: '\u001b[2J' }, 'None of the 2 open events matches --customer \\u001b[2J.'],
  ])('of %j', (filter, expected) => {
    expect(unmatchedText(ALL, filter, 'open')).toBe(expected);
  });

  it('says nothing where there is nothing, and names no more than ten of many', () => {
    const many = everything([open('one', 0, Array.from({ length: 12 }, (_, index) => `m${index}`))]);

    expect(unmatchedText(everything([]), { mapping: 'typo' }, 'open')).toBeUndefined();
    expect(unmatchedText(many, { mapping: 'typo' }, 'open')).toContain('m9 and 2 more)');
  });
});
