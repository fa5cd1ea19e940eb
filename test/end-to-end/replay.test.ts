import { describe, expect, it } from '@jest/globals';

import type { LocalProcess } from '../helpers/local-process.ts';
import { refusal, TAKEN } from '../helpers/metronome-stand-in.ts';
import type { MetronomeStandIn } from '../helpers/metronome-stand-in.ts';
import { trackEvent } from '../helpers/segment.ts';
import { DRAIN_MS, idsOf, replayWorld, summaryOf, TEST_MS, withoutGroup } from './replay-world.ts';
import type { Entry } from './replay-world.ts';

const SEATS = { transaction_id: { '@template': '{{messageId}}-seats' } };
const { accept, command, restart, standInForMetronome, startBridge, writeMappings } = replayWorld();

describe('quarantine replay', () => {
  it('delivers what was quarantined, once, after its mapping was mended', async () => {
    writeMappings({ name: 'usage' });
    let bridge = await startBridge();
    await accept(bridge, [...idsOf(12, 'bad').map(withoutGroup), ...idsOf(3, 'good').map((id) => trackEvent(id))]);
    const before = await bridge.state();

    const listed = await command('quarantine', 'list', '--json');
    const hopeless = await command('quarantine', 'replay', '--yes', '--json');
    writeMappings({ name: 'usage', fields: { customer_id: { '@path': '$.userId' } } });
    bridge = await restart(bridge);
    const billedBefore = (await bridge.state()).sandbox?.billed ?? 0;
    const dry = await command('quarantine', 'replay', '--reason', 'missing_field', '--json');
    const dryText = await command('quarantine', 'replay', '--reason', 'missing_field');
    const sent = await command('quarantine', 'replay', '--reason', 'missing_field', '--yes', '--json');
    await bridge.drained(DRAIN_MS);
    const after = await command('quarantine', 'list', '--json');
    const again = await command('quarantine', 'replay', '--yes', '--json');
    const state = await bridge.drained(DRAIN_MS);

    expect(before.quarantine).toEqual({ missing_field: 12 });
    expect(listed.lines()[0]).toMatchObject({ group: { reason: 'missing_field', mapping: 'usage', events: 12, sample: { field: 'customer_id' } } });
    expect(listed.status).toBe(1);
    expect(summaryOf(hopeless)).toMatchObject({ outcomes: [{ outcome: 'quarantined', reason: 'missing_field', events: 12 }], queued: 0 });
    expect(hopeless.status).toBe(1);
    expect(summaryOf(dry)).toMatchObject({ open: 12, outcomes: [{ outcome: 'delivered', events: 12 }], dryRun: true, queued: 0 });
    expect(dryText.out).toContain('npm run bridge -- quarantine replay --reason missing_field --local --yes');
    expect(dryText.out).toMatch(/Usage events to Metronome, by the mappings of .*:\n +12 {2}usage\n/);
    expect(dryText.err).not.toContain('Note');
    expect(summaryOf(sent)).toMatchObject({ queued: 12, unsent: 0, dryRun: false });
    expect(sent.status).toBe(0);
    expect({ status: after.status, summary: summaryOf(after) }).toEqual({ status: 0, summary: { open: 0, replayed: { delivered: 12, filtered: 0, notBack: 0, unknown: 0 } } });
    expect(summaryOf(again)).toMatchObject({ open: 0, queued: 0 });
    expect((state.sandbox?.billed ?? 0) - billedBefore).toBe(12);
    expect(state.sandbox?.duplicates).toBe(0);
  }, TEST_MS);

  it('leaves alone what is on its way again', async () => {
    writeMappings({ name: 'usage' });
    const bridge = await startBridge();
    await accept(bridge, idsOf(5, 'bad').map(withoutGroup));
    writeMappings({ name: 'usage', fields: { customer_id: { '@path': '$.userId' } } });
    const paused = await restart(bridge, { BRIDGE_PAUSED: 'true' });

    const first = await command('quarantine', 'replay', '--yes', '--json');
    const second = await command('quarantine', 'replay', '--yes', '--json');
    const listed = await command('quarantine', 'list', '--json');

    expect(summaryOf(first)).toMatchObject({ queued: 5 });
    expect(summaryOf(second)).toMatchObject({ open: 0, replayedBefore: 5, queued: 0 });
    expect(summaryOf(listed)).toEqual({ open: 0, replayed: { delivered: 0, filtered: 0, notBack: 5, oldestNotBack: { sqsMessageId: expect.any(String), at: expect.any(String) }, unknown: 0 } });
    expect(listed.status).toBe(1);
    expect((await paused.state()).queue.visible).toBe(5);
  }, TEST_MS);

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['its id unchanged', {}],
    ['its id changed in the meantime', { transaction_id: { '@template': 'new-{{messageId}}' } }],
  ])('sends only what was not delivered: of A and B only B, A with %s', async (_, fieldsOfA) => {
    const metronome = await standInForMetronome(({ events }) => (events.some(({ event_type }) => event_type === 'wrong') ? refusal(400, 'unknown event_type') : TAKEN));
    const b = { transaction_id: { '@template': 'b-{{messageId}}' } };
    writeMappings({ name: 'A' }, { name: 'B', fields: { ...b, event_type: 'wrong' } });
    let bridge = await startBridge();
    await accept(bridge, idsOf(4, 'm').map((id) => trackEvent(id)));
    const sentBefore = metronome.requests.length;
    const billedBefore = [...metronome.billed.keys()].toSorted();

    writeMappings({ name: 'A', fields: fieldsOfA }, { name: 'B', fields: { ...b, event_type: 'right' } });
    bridge = await restart(bridge);
    const replayed = await command('quarantine', 'replay', '--mapping', 'B', '--yes', '--json');
    const state = await bridge.drained(DRAIN_MS);
    const listed = await command('quarantine', 'list', '--json');

    const idsAfter = metronome.requests.slice(sentBefore).flatMap(({ events }) => events.map((event) => String(event['transaction_id'])));
    expect(billedBefore).toEqual(idsOf(4, 'm'));
    expect(summaryOf(replayed)).toMatchObject({ outcomes: [{ outcome: 'delivered', events: 4 }], queued: 4 });
    expect(idsAfter.toSorted()).toEqual(idsOf(4, 'b-m'));
    expect(metronome.billed.size).toBe(8);
    expect(summaryOf(listed)).toMatchObject({ open: 0, replayed: { delivered: 4, notBack: 0 } });
    expect(state.queue).toEqual({ visible: 0, inFlight: 0, deadLetters: 0 });
  }, TEST_MS);

  /** Of A and B only A is delivered; then the mappings change. */
  async function deliveredInPart(...then: readonly Entry[]): Promise<{ readonly bridge: LocalProcess; readonly metronome: MetronomeStandIn }> {
    const metronome = await standInForMetronome(({ events }) => (events.some(({ event_type }) => event_type === 'wrong') ? refusal(400, 'unknown event_type') : TAKEN));
    writeMappings({ name: 'Usage' }, { name: 'Seats', fields: { ...SEATS, event_type: 'wrong' } });
    const bridge = await startBridge();
    await accept(bridge, [trackEvent('ab1')]);
    writeMappings(...then);
    return { bridge: await restart(bridge), metronome };
  }

  it('refuses what may be billed twice under a new name, until it is said that it is not', async () => {
    const { bridge, metronome } = await deliveredInPart({ name: 'Usage v2', fields: { transaction_id: { '@template': '{{messageId}}-usage' } } }, { name: 'Seats', fields: SEATS });

    const dry = await command('quarantine', 'replay');
    const refused = await command('quarantine', 'replay', '--yes', '--json');
    const traced = await command('trace', 'ab1');
    await bridge.drained(DRAIN_MS);
    const billedThen = [...metronome.billed.keys()];
    const sent = await command('quarantine', 'replay', '--yes', '--nothing-renamed', '--json');
    await bridge.drained(DRAIN_MS);

    expect(dry.out.replaceAll(/\s+/g, ' ')).toContain('"Usage" was delivered before, and no mapping of that name or id takes part now. "Usage v2" may be the same under another name');
    expect(dry.out.replaceAll(/\s+/g, ' ')).toContain('--nothing-renamed');
    expect(summaryOf(refused)).toMatchObject({ queued: 0, outcomes: [{ outcome: 'refused', events: 1 }] });
    expect(traced.out).toContain('Billed in part: Usage.');
    expect(billedThen).toEqual(['ab1']);
    expect(summaryOf(sent)).toMatchObject({ queued: 1, usage: { 'Usage v2': 1, Seats: 1 } });
    expect([...metronome.billed.keys()].toSorted()).toEqual(['ab1', 'ab1-seats', 'ab1-usage']);
  }, TEST_MS);

  it('leaves alone what it would send nothing of, though a part was never delivered', async () => {
    await deliveredInPart({ name: 'Usage', fields: SEATS });

    const sent = await command('quarantine', 'replay', '--yes', '--json');
    const listed = await command('quarantine', 'list', '--json');

    expect(summaryOf(sent)).toMatchObject({ queued: 0, outcomes: [{ outcome: 'nothing_left', events: 1 }] });
    expect(sent.status).toBe(1);
    expect(summaryOf(listed)).toMatchObject({ open: 1 });
  }, TEST_MS);
});

describe('replay', () => {
  it('sends filtered events that a mapping matches now, once, and never what was delivered', async () => {
    const metronome = await standInForMetronome();
    writeMappings({ name: 'usage', trigger: 'type = "track" and event = "api_call"' });
    let bridge = await startBridge();
    await accept(bridge, [...idsOf(3, 'other').map((id) => trackEvent(id, { event: 'storage' })), trackEvent('page', { type: 'page' }), trackEvent('sent')]);
    writeMappings({ name: 'usage' });
    bridge = await restart(bridge);
    const billedBefore = metronome.billed.size;

    const dry = await command('replay', '--json');
    const sent = await command('replay', '--yes', '--json');
    await bridge.drained(DRAIN_MS);
    const again = await command('replay', '--yes', '--json');
    await bridge.drained(DRAIN_MS);

    expect(summaryOf(dry)).toMatchObject({ open: 3, stillFiltered: 1, outcomes: [{ outcome: 'delivered', events: 3 }], queued: 0 });
    expect(summaryOf(sent)).toMatchObject({ queued: 3 });
    expect(summaryOf(again)).toMatchObject({ open: 0, queued: 0 });
    expect(billedBefore).toBe(1);
    expect([...metronome.billed.keys()].slice(1).toSorted()).toEqual(idsOf(3, 'other'));
    expect(metronome.requests.flatMap(({ events }) => events)).toHaveLength(4);
  }, TEST_MS);
});
