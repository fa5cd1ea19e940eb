import { describe, expect, it } from '@jest/globals';

import { archiveDaysOf, archivedFrom } from '../../../cli/replay/archive.ts';
import { createHistories } from '../../../cli/replay/histories.ts';
import { createReading } from '../../../cli/replay/reading.ts';
import { replayedBefore } from '../../../cli/replay/replayed-before.ts';
import { DAY_MS, NOW } from '../../lambda/forward/factories.ts';
import { ioDouble } from '../io-double.ts';
import { bucketDouble, lineOf } from '../ledger/bucket-double.ts';
import { lineOf as fateLineOf } from './lines.ts';

const HOUR_MS = 60 * 60_000;

function world() {
  const bucket = bucketDouble();
  const histories = createHistories();
  const operator = { name: 'the stack Test', s3: bucket.s3, sqs: { send: () => Promise.reject(new TypeError('no queue')) }, bucket: bucket.bucket, queueUrl: '', deadLettersUrl: '', mappingsPath: '', localUrl: undefined, close: () => undefined };
  const reading = createReading(operator, ioDouble('/', { now: () => NOW }).io);
  return {
    replayed(root: string, at: number): void {
      histories.addLine(fateLineOf(0, { sqsMessageId: root }));
      histories.addReplay({ at: new Date(at).toISOString(), root, replayId: `r-${root}`, sqsMessageId: `n-${root}` });
    },
    archived(root: string, fate: 'delivered' | 'filtered', at: number): void {
      bucket.write('archive', at, [lineOf(at, { fate: { kind: fate } }, { sqsMessageId: `n-${root}`, replay: { of: root, delivered: [] } })]);
    },
    before: (knownFrom = 0) => replayedBefore(reading, { histories, isSelected: () => true }, knownFrom),
  };
}

describe('replayedBefore', () => {
  it('tells what became of what was replayed, and since when the rest is missing', async () => {
    const ledger = world();
    for (const [root, hours] of [['a', 9], ['b', 9], ['c', 5], ['d', 7], ['e', 900]] as const) ledger.replayed(root, NOW - hours * HOUR_MS);
    ledger.archived('a', 'delivered', NOW - 8 * HOUR_MS);
    ledger.archived('b', 'filtered', NOW - 8 * HOUR_MS);

    const before = await ledger.before(archivedFrom(35, NOW));

    expect(before).toEqual({ delivered: 1, filtered: 1, notBack: { events: 2, oldest: { root: 'd', at: NOW - 7 * HOUR_MS } }, unknown: 1 });
  });

  it('claims nothing of a bridge without an archive', async () => {
    const ledger = world();
    ledger.replayed('a', NOW - HOUR_MS);

    expect(await ledger.before(archivedFrom(0, NOW))).toEqual({ delivered: 0, filtered: 0, notBack: { events: 0 }, unknown: 1 });
  });
});

describe('archivedFrom', () => {
  it('is as many days ago as the archive is kept', () => {
    expect([archivedFrom(35, NOW), archivedFrom(0, NOW)]).toEqual([NOW - 35 * DAY_MS, Number.POSITIVE_INFINITY]);
  });

  it('goes by what the bridge says, else by the settings', () => {
    const { io } = ioDouble('/nowhere', { environment: { BRIDGE_ARCHIVE_DAYS: '7' } });

    expect([archiveDaysOf({ archiveDays: 0 }, io), archiveDaysOf({}, io)]).toEqual([0, 7]);
  });
});
