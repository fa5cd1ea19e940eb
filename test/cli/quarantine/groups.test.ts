import { describe, expect, it } from '@jest/globals';

import { quarantineGroups } from '../../../cli/quarantine/groups.ts';
import type { OpenRoot } from '../../../cli/replay/open-roots.ts';
import { lineOf } from '../replay/lines.ts';

const DAY_MINUTES = 24 * 60;

function open(root: string, minutes: number, reason: string, mapping?: string): OpenRoot {
  const usage = mapping === undefined ? [] : [{ mapping, verdict: 'quarantined' as const, reason }];
  return { root, line: lineOf(minutes, { reason, usage }), delivered: [], failed: [], waiting: [], key: '' };
}

describe('quarantineGroups', () => {
  it('counts by reason, mapping and day, the most frequent reason first, with the latest as a sample', () => {
    const groups = quarantineGroups([
      open('e1', 0, 'not_json'),
      open('e2', 0, 'missing_field', 'A'),
      open('e3', 5, 'missing_field', 'A'),
      open('e4', 1, 'missing_field', 'A'),
      open('e5', DAY_MINUTES, 'missing_field', 'A'),
      open('e6', 0, 'missing_field', 'B'),
    ]);

    expect(groups.map(({ reason, mapping, day, events, sample }) => ({ reason, mapping, day, events, sample: sample.root }))).toEqual([
      { reason: 'missing_field', mapping: 'A', day: '2026-11-21', events: 1, sample: 'e5' },
      { reason: 'missing_field', mapping: 'A', day: '2026-11-20', events: 3, sample: 'e3' },
      { reason: 'missing_field', mapping: 'B', day: '2026-11-20', events: 1, sample: 'e6' },
      { reason: 'not_json', mapping: undefined, day: '2026-11-20', events: 1, sample: 'e1' },
    ]);
  });

  it('is empty when nothing is open', () => {
    expect(quarantineGroups([])).toEqual([]);
  });
});
