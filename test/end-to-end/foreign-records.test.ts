import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

import { runBridgeProcess } from '../helpers/bridge-process.ts';
import { accept, idsOf, startDeliveryWorld } from '../helpers/delivery-world.ts';
import type { DeliveryWorld } from '../helpers/delivery-world.ts';
import { openLocalAws, textAttribute } from '../helpers/local-aws.ts';
import { trackEvent } from '../helpers/segment.ts';

const TEST_MS = 120_000;
const DRAIN_MS = 60_000;
const MIB = 1024 * 1024;
const GOOD = idsOf(150, 'good');

type Attributes = Readonly<Record<string, MessageAttributeValue>>;
const BASE64: Attributes = { encoding: textAttribute('base64') };

let world: DeliveryWorld;

beforeEach(async () => {
  world = await startDeliveryWorld({ BRIDGE_BATCH_WINDOW_SECONDS: '1' });
});

afterEach(() => world.stop());

/** What somebody else may put into the queue; SQS itself takes no empty body, so nothing comes as base64 of nothing. */
const FOREIGN: readonly (readonly [name: string, reason: string, body: string, attributes?: Attributes])[] = [
  ['text without attributes', 'not_json', 'hello'],
  ['nothing', 'not_json', '=', BASE64],
  ['1 MiB of spaces', 'not_json', ' '.repeat(MIB)],
  ['1 MiB of opening brackets', 'not_json', '['.repeat(MIB)],
  ['bytes that are no UTF-8', 'not_json', Buffer.of(0xff, 0xfe, 0x00).toString('base64'), BASE64],
  ['base64 that is none', 'not_json', '!?', BASE64],
  ['null', 'not_an_event', 'null'],
  ['an array', 'not_an_event', '[{"type":"track"}]'],
  ['a text', 'not_an_event', '"track"'],
  ['an event without customer', 'missing_field', JSON.stringify(trackEvent('foreign', { context: {} }))],
  ['an event accepted never', 'missing_field', JSON.stringify(trackEvent('foreign', { context: {} })), { acceptedAt: textAttribute('yesterday') }],
  ['a replay of what is not told', 'invalid_field', JSON.stringify(trackEvent('unknown-1')), { delivered: textAttribute('[]') }],
  ['a replay whose past can\'t be read', 'invalid_field', JSON.stringify(trackEvent('unknown-2')), { replayOf: textAttribute('root'), delivered: textAttribute('[{"mapping":1}]') }],
  ['an event accepted 40 days ago', 'timestamp_too_old', JSON.stringify(trackEvent('old')), { acceptedAt: textAttribute(new Date(Date.now() - 40 * 24 * 3_600_000).toISOString()) }],
];

describe('a record that is not ours in the queue', () => {
  it('is quarantined with its reason and its bytes, and harms nothing', async () => {
    // Paused, so that all of them come in the same batches.
    const paused = await world.start({ BRIDGE_PAUSED: 'true' });
    const aws = await openLocalAws(world.dataFolder);
    const half = GOOD.length / 2;
    await accept(paused, GOOD.slice(0, half).map((id) => trackEvent(id)));
    const reasons = new Map<string, string>();
    for (const [, reason, body, attributes] of FOREIGN) reasons.set(await aws.put(body, attributes), reason);
    await aws.put(JSON.stringify(trackEvent('stranger')));
    await accept(paused, GOOD.slice(half).map((id) => trackEvent(id)));
    aws.close();
    await paused.end('SIGINT');

    const bridge = await world.start();
    const state = await bridge.drained(DRAIN_MS);
    const opened = await openLocalAws(world.dataFolder);
    const quarantined = (await opened.ledger()).filter(({ prefix }) => prefix === 'quarantine');
    opened.close();
    const listed = await runBridgeProcess(['quarantine', 'list', '--local', '--json'], { BRIDGE_DATA: world.dataFolder });

    expect([...world.metronome.billed.keys()].toSorted()).toEqual([...GOOD, 'stranger'].toSorted());
    expect(new Map(quarantined.map(({ line }) => [line.sqsMessageId, line.reason]))).toEqual(reasons);
    expect(quarantined).toHaveLength(FOREIGN.length);
    expect(quarantined.filter(({ eventText }) => eventText === ' '.repeat(MIB))).toHaveLength(1);
    expect(state.queue).toEqual({ visible: 0, inFlight: 0, deadLetters: 0 });
    expect(bridge.output()).not.toMatch(/unhandled|stopped on an error|fates_do_not_add_up|forward_failed/i);
    expect(listed.lines().at(-1)).toMatchObject({ summary: { open: FOREIGN.length } });
  }, TEST_MS);
});
