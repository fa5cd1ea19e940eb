import { describe, expect, it } from '@jest/globals';

import { reportUnaccounted } from '../../../lambda/forward/report-unaccounted.ts';
import { unread } from '../../../lambda/forward/settle.ts';
import type { Settled } from '../../../lambda/forward/settle.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';
import { queuedOf } from './factories.ts';

const BATCH = [queuedOf('{}', { sqsMessageId: 'a' }), queuedOf('{}', { sqsMessageId: 'b' }), queuedOf('{}', { sqsMessageId: 'c' })];
const SETTLED = BATCH.map((queued): Settled => Object.assign(unread(queued), { fate: { kind: 'filtered' } as const, usage: [] }));

describe('reportUnaccounted', () => {
  it.each([
    ['every event has one', SETTLED, undefined],
    ['in another order', SETTLED.toReversed(), undefined],
    ['one has none', SETTLED.slice(1), 1],
    ['none has one', [], 3],
    ['one has two', [...SETTLED, ...SETTLED.slice(2)], 1],
    ['one has two and another none', [...SETTLED.slice(1), ...SETTLED.slice(2)], 1],
  ])('counts the fates when %s', (_, settled, unaccounted) => {
    const telemetry = recordingTelemetry();

    reportUnaccounted(BATCH, settled, telemetry);

    expect(telemetry.counts.get('Unaccounted')).toBe(unaccounted);
    expect(telemetry.lines).toHaveLength(unaccounted === undefined ? 0 : 1);
  });
});
