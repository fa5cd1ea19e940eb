import { describe, expect, it } from '@jest/globals';

import type { Fate } from '../../../lambda/forward/fate.ts';
import type { QueuedEvent } from '../../../lambda/forward/record.ts';
import { reportFates } from '../../../lambda/forward/report-fates.ts';
import { unread } from '../../../lambda/forward/settle.ts';
import type { Settled, SettledUsage } from '../../../lambda/forward/settle.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';
import { HOUR_MS, NOW, queuedOf } from './factories.ts';

const REPLAY = { replay: { of: 'sqs-0', delivered: [] } };

function ended(fate: Fate, queued: Partial<QueuedEvent> = {}, usage: readonly SettledUsage[] = []): Settled {
  return { ...unread(queuedOf('{}', queued)), fate, usage };
}

function reported(...settled: readonly Settled[]) {
  const telemetry = recordingTelemetry();
  reportFates(settled, telemetry, NOW);
  return { counts: Object.fromEntries(telemetry.counts), measures: Object.fromEntries(telemetry.measures) };
}

const usage = (verdict: SettledUsage['verdict'], more: Partial<SettledUsage> = {}): SettledUsage => ({ mapping: 'm', transactionId: 't', verdict, ...more });

describe('reportFates', () => {
  it('counts each fate, reason, cause and verdict', () => {
    const { counts } = reported(
      ended({ kind: 'delivered' }, {}, [usage('delivered'), usage('delivered', { before: true })]),
      ended({ kind: 'filtered' }),
      ended({ kind: 'quarantined', reason: 'not_json' }),
      ended({ kind: 'quarantined', reason: 'not_json' }),
      ended({ kind: 'quarantined', reason: 'too_large' }, {}, [usage('quarantined')]),
      ended({ kind: 'returned', cause: 'deadline' }, {}, [usage('returned'), usage('delivered')]),
    );

    expect(counts).toEqual({
      Delivered: 1,
      Filtered: 1,
      Quarantined: 3,
      Returned: 1,
      'Quarantined{reason=not_json}': 2,
      'Quarantined{reason=too_large}': 1,
      'Returned{cause=deadline}': 1,
      'UsageEvents{verdict=delivered}': 2,
      'UsageEvents{verdict=quarantined}': 1,
      'UsageEvents{verdict=returned}': 1,
    });
  });

  it('counts none of those that an alarm compares, and nothing else that did not happen: it would only be on the bill', () => {
    expect(reported(ended({ kind: 'filtered' })).counts).toEqual({ Delivered: 0, Returned: 0, Filtered: 1 });
  });

  it('measures how long a delivered event took since it was accepted, in seconds, and leaves out replays', () => {
    const { measures } = reported(
      ended({ kind: 'delivered' }, { acceptedAt: NOW - 1_234 }),
      ended({ kind: 'delivered' }, { acceptedAt: NOW - HOUR_MS }),
      ended({ kind: 'delivered' }, { acceptedAt: NOW - 20 * HOUR_MS, ...REPLAY }),
      ended({ kind: 'filtered' }, { acceptedAt: NOW - 5_000 }),
    );

    expect(measures['DeliveryLag']).toEqual([1.2, 3_600]);
  });

  it.each<[string, readonly Settled[], readonly number[] | undefined]>([
    ['the oldest by when it was accepted', [ended({ kind: 'returned', cause: 'deadline' }, { acceptedAt: NOW - 2 * HOUR_MS }), ended({ kind: 'returned', cause: 'deadline' })], [7_200]],
    ['a replay by when it was queued again', [ended({ kind: 'returned', cause: 'deadline' }, { acceptedAt: NOW - 90 * HOUR_MS, sentAt: NOW - 60_000, ...REPLAY })], [60]],
    ['nothing of what is delivered', [ended({ kind: 'delivered' }, { acceptedAt: NOW - 2 * HOUR_MS })], undefined],
    ['nothing of what is quarantined', [ended({ kind: 'quarantined', reason: 'not_json' }, { acceptedAt: NOW - 2 * HOUR_MS })], undefined],
    ['never less than nothing', [ended({ kind: 'returned', cause: 'deadline' }, { acceptedAt: NOW + 60_000 })], [0]],
  ])('measures the age of the oldest returned event: %s', (_, settled, expected) => {
    expect(reported(...settled).measures['OldestReturnedAge']).toEqual(expected);
  });
});
