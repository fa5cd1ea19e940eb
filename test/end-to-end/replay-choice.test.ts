import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';

import { openLocalOperator } from '../../cli/operator/local-operator.ts';
import { ledgerKey } from '../../lambda/forward/ledger.ts';
import { ioDouble } from '../cli/io-double.ts';
import { runBridgeProcess } from '../helpers/bridge-process.ts';
import { trackEvent } from '../helpers/segment.ts';
import { DRAIN_MS, idsOf, replayWorld, summaryOf, TEST_MS, withoutGroup } from './replay-world.ts';

const DAY_MS = 24 * 60 * 60_000;
const { accept, command, environment, folder, mappingsPath, restart, startBridge, writeMappings } = replayWorld();

describe('quarantine replay', () => {
  it('leaves in the quarantine what no mapping takes any more, unless it is meant and the archive keeps it', async () => {
    writeMappings({ name: 'usage' });
    let bridge = await startBridge();
    await accept(bridge, [withoutGroup('bad')]);
    writeMappings({ name: 'usage', trigger: 'type = "page"' });
    bridge = await restart(bridge, { BRIDGE_ARCHIVE_DAYS: '0' });

    const left = await command('quarantine', 'replay', '--yes', '--json');
    const gone = await runBridgeProcess(['quarantine', 'replay', '--filtered', '--yes', '--local'], { ...environment(), BRIDGE_ARCHIVE_DAYS: '0' });
    bridge = await restart(bridge);
    const filtered = await command('quarantine', 'replay', '--filtered', '--yes', '--json');
    await bridge.drained(DRAIN_MS);

    expect(summaryOf(left)).toMatchObject({ queued: 0, outcomes: [{ outcome: 'filtered', events: 1 }] });
    expect(gone).toMatchObject({ status: 1, out: '', err: expect.stringContaining('this bridge keeps none') });
    expect(summaryOf(filtered)).toMatchObject({ queued: 1 });
    expect(summaryOf(await command('quarantine', 'list', '--json'))).toEqual({ open: 0, replayed: { delivered: 0, filtered: 1, notBack: 0, unknown: 0 } });
  }, TEST_MS);

  it('says what there is when a filter chooses nothing', async () => {
    writeMappings({ name: 'usage' });
    const bridge = await startBridge();
    await accept(bridge, idsOf(2, 'bad').map(withoutGroup));

    const listed = await command('quarantine', 'list', '--mapping', 'typo');
    const replayed = await command('quarantine', 'replay', '--customer', 'nobody');
    const empty = await command('quarantine', 'replay', '--customer', '');

    expect(listed).toMatchObject({ status: 1, out: expect.stringContaining('None of the 2 open events matches --mapping typo (mappings there: usage).') });
    expect(replayed).toMatchObject({ status: 1, out: expect.stringContaining('None of the 2 open events matches --customer nobody.') });
    expect(empty).toMatchObject({ status: 2, err: expect.stringContaining('It is empty.') });
  }, TEST_MS);

  it('refuses what is too old, and says so', async () => {
    writeMappings({ name: 'usage' });
    const bridge = await startBridge();
    await accept(bridge, [trackEvent('old', { timestamp: new Date(Date.now() - 40 * DAY_MS).toISOString() })]);

    const dry = await command('quarantine', 'replay');
    const sent = await command('quarantine', 'replay', '--yes', '--json');
    const state = await bridge.drained(DRAIN_MS);

    expect(dry).toMatchObject({ status: 1, out: expect.stringContaining('1  are too old to be billed safely: timestamp_too_old (not sent)') });
    expect(summaryOf(sent)).toMatchObject({ outcomes: [{ outcome: 'too_old', events: 1 }], queued: 0 });
    expect(state.quarantine).toEqual({ timestamp_too_old: 1 });
  }, TEST_MS);

  it('sends nothing while a part of the ledger is unreadable, unless told to', async () => {
    writeMappings({ name: 'usage' });
    let bridge = await startBridge();
    await accept(bridge, [withoutGroup('bad')]);
    const operator = await openLocalOperator(undefined, ioDouble(folder(), { environment: environment() }).io);
    await operator.s3.send(new PutObjectCommand({ Bucket: operator.bucket, Key: ledgerKey('archive', Date.now(), 'damaged'), Body: 'no gzip' }));
    operator.close();
    writeMappings({ name: 'usage', fields: { customer_id: { '@path': '$.userId' } } });
    bridge = await restart(bridge);

    const refused = await command('quarantine', 'replay', '--yes');
    const despite = await command('quarantine', 'replay', '--yes', '--despite-damage', '--json');
    await bridge.drained(DRAIN_MS);

    expect(refused).toMatchObject({ status: 1, out: '', err: expect.stringContaining('--despite-damage') });
    expect(summaryOf(despite)).toMatchObject({ queued: 1 });
  }, TEST_MS);

  it('shows an event with what would become of it', async () => {
    writeMappings({ name: 'usage' });
    let bridge = await startBridge();
    const long = 'l'.repeat(300);
    await accept(bridge, [withoutGroup('lost'), withoutGroup('lost'), withoutGroup(long)]);

    const shown = await command('quarantine', 'show', 'lost');
    const unknown = await command('quarantine', 'show', 'nobody');
    writeFileSync(mappingsPath(), 'no mappings');
    const unmapped = await command('quarantine', 'show', 'lost');
    const cut = await command('quarantine', 'show', long, '--json');
    writeMappings({ name: 'usage', fields: { customer_id: { '@path': '$.userId' } } });
    bridge = await restart(bridge);
    await command('quarantine', 'replay', '--yes');
    await bridge.drained(DRAIN_MS);
    const closed = await command('quarantine', 'show', 'lost');

    expect(shown).toMatchObject({ status: 0, out: expect.stringMatching(/messageId +lost[\s\S]*missing_field[\s\S]*customer_id[\s\S]*"messageId":"lost"[\s\S]*quarantined,\s+missing_field/) });
    expect(shown.out).toMatch(/The quarantine holds 1 other event with this messageId:\s+[\w-]+\n/);
    expect(cut.lines()[0]).toMatchObject({ standing: { fate: 'quarantined', isUnderWay: false, billed: [] }, now: { problem: expect.any(String) }, others: [] });
    expect(closed.out).toMatch(/\nNow: delivered\.\n[^]*It is not open, so a replay leaves it alone\.\n/);
    expect(shown.out).toContain('\nNow: in quarantine, until it is replayed. Not billed.\n');
    expect(unknown).toMatchObject({ status: 1, err: expect.stringMatching(/holds no event with the id nobody\.\nLook for it everywhere: npm run bridge -- trace nobody --local\n$/) });
    expect(unmapped).toMatchObject({ status: 0, out: expect.stringMatching(/"messageId":"lost"[^]*What would become of it now can't be told/) });
  }, TEST_MS);
});
