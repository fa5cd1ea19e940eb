import { describe, expect, it } from '@jest/globals';

import type { Fate } from '../../../lambda/forward/fate.ts';
import type { LedgerPrefix } from '../../../lambda/forward/ledger.ts';
import { recordFates } from '../../../lambda/forward/record-fates.ts';
import type { Settled } from '../../../lambda/forward/settle.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';
import { NOW, queuedOf } from './factories.ts';

const FATES: readonly Fate[] = [
  { kind: 'delivered' },
  { kind: 'filtered' },
  { kind: 'quarantined', reason: 'not_json' },
  { kind: 'returned', cause: 'rate_limited' },
];
const LOST: Fate = { kind: 'returned', cause: 'ledger_unavailable' };

function settledOf(fate: Fate): Settled {
  return { queued: queuedOf({}, { sqsMessageId: fate.kind }), messageId: undefined, isJson: true, fate, usage: [] };
}

/** Records one event of each fate; writes to the prefixes of `failing` throw. */
async function record(failing: readonly LedgerPrefix[] = [], archives = true, fates: readonly Fate[] = FATES) {
  const written: Partial<Record<LedgerPrefix, readonly string[]>> = {};
  const telemetry = recordingTelemetry();
  const settled = await recordFates(fates.map(settledOf), {
    ledger: {
      async write(prefix, lines) {
        if (failing.includes(prefix)) throw new RangeError('a secret bucket');
        written[prefix] = lines.map((line) => String(JSON.parse(line).sqsMessageId));
      },
    },
    archives,
    mappingVersion: 'version',
    telemetry,
    now: () => NOW,
  });
  return { written, telemetry, fates: settled.map(({ fate }) => fate), ids: settled.map(({ queued }) => queued.sqsMessageId) };
}

describe('recordFates', () => {
  it('archives what is delivered or filtered, sets aside what is quarantined, writes nothing of what returns', async () => {
    const { written, fates, ids, telemetry } = await record();

    expect(written).toEqual({ archive: ['delivered', 'filtered'], quarantine: ['quarantined'] });
    expect(fates).toEqual(FATES);
    expect(ids).toEqual(['delivered', 'filtered', 'quarantined', 'returned']);
    expect(telemetry.lines).toEqual([]);
  });

  it.each<[readonly LedgerPrefix[], readonly (Fate | undefined)[], readonly (readonly [string, number])[]]>([
    [['quarantine'], [FATES[0], FATES[1], LOST, FATES[3]], [['QuarantineFailed', 1]]],
    [['archive'], [FATES[0], LOST, FATES[2], FATES[3]], [['ArchiveFailed', 2]]],
    [['quarantine', 'archive'], [FATES[0], LOST, LOST, FATES[3]], [['QuarantineFailed', 1], ['ArchiveFailed', 2]]],
  ])('when %j can not be written, gives back what has no other copy', async (failing, expected, counts) => {
    const { fates, telemetry } = await record(failing);

    expect(fates).toEqual(expected);
    expect([...telemetry.counts].toSorted()).toEqual(counts.toSorted());
    expect(telemetry.lines).toHaveLength(failing.length);
    expect(JSON.stringify(telemetry.lines)).not.toContain('secret');
  });

  it('with the archive off, writes only the quarantine and keeps every fate', async () => {
    const { written, fates } = await record(['archive'], false);

    expect(written).toEqual({ quarantine: ['quarantined'] });
    expect(fates).toEqual(FATES);
  });

  it('writes no empty objects', async () => {
    const { written } = await record([], true, [{ kind: 'returned', cause: 'deadline' }]);

    expect(written).toEqual({});
  });

  it('takes a line that can not be made for one that is not written', async () => {
    const broken = { ...settledOf({ kind: 'filtered' }), queued: queuedOf({}, { acceptedAt: Number.NaN }) };
    const telemetry = recordingTelemetry();

    const [settled] = await recordFates([broken], { ledger: { write: async () => undefined }, archives: true, mappingVersion: 'v', telemetry, now: () => NOW });

    expect(settled?.fate).toEqual(LOST);
    expect(telemetry.counts.get('ArchiveFailed')).toBe(1);
  });

  it.each<[string, Settled['usage'], boolean]>([
    ['of which a part was delivered', [{ mapping: 'a', transactionId: 't', verdict: 'delivered', status: 200 }, { mapping: 'b', transactionId: 'u', verdict: 'returned' }], true],
    ['of which nothing was delivered', [{ mapping: 'a', transactionId: 't', verdict: 'returned' }], false],
    ['of which all that was delivered is on record', [{ mapping: 'a', transactionId: 't', verdict: 'delivered', before: true }, { mapping: 'b', transactionId: 'u', verdict: 'returned' }], false],
  ])('of an event that returns %s, leaves a line: %j %s', async (_, usage, isWritten) => {
    const lines: string[] = [];
    const ledger = { write: async (prefix: LedgerPrefix, given: readonly string[]) => void lines.push(prefix, ...given) };
    const event = { ...settledOf({ kind: 'returned', cause: 'rate_limited' }), usage };

    const [recorded] = await recordFates([event], { ledger, archives: true, mappingVersion: 'v', telemetry: recordingTelemetry(), now: () => NOW });

    expect(recorded).toEqual(event);
    expect(lines).toEqual(isWritten ? ['quarantine', expect.stringContaining('"fate":"returned"')] : []);
  });
});
