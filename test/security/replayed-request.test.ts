import { afterAll, describe, expect, it } from '@jest/globals';

import { endLeftovers, startLocalProcess } from '../helpers/local-process.ts';
import { startMetronomeStandIn } from '../helpers/metronome-stand-in.ts';
import { sendAll } from '../helpers/segment-sender.ts';
import { batchRequest, LOCAL_CREDENTIALS, singleRequest, trackEvent } from '../helpers/segment.ts';
import type { SegmentRequest } from '../helpers/segment.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const folder = temporaryFolder();

afterAll(() => {
  endLeftovers();
  folder.remove();
});

/** What somebody between Segment and the bridge could make of a batch: its first event, signed, and others behind it. */
function withForgedTail(batch: SegmentRequest): SegmentRequest {
  const { authorization: _, ...headers } = batch.headers;
  const [first] = JSON.parse(batch.body);
  return { ...batch, headers, body: JSON.stringify([first, trackEvent('forged')]) };
}

describe('a request that somebody recorded', () => {
  it('is billed once however often it is sent, and opens nothing else', async () => {
    const metronome = await startMetronomeStandIn();
    const run = await startLocalProcess({ BRIDGE_DATA: folder.path, METRONOME_API_TOKEN: 'token', METRONOME_BASE_URL: metronome.url });
    const single = singleRequest(trackEvent('single'));
    const batch = batchRequest([trackEvent('one'), trackEvent('two')]);
    const altered = { ...single, body: single.body.replace('"tokens":120', '"tokens":121') };
    const send = (requests: readonly SegmentRequest[]): Promise<number[]> => sendAll(requests, { webhook: () => run.webhook, concurrency: 1, pauseMs: 0, maxTries: 1 });

    const taken = await send([single, single, batch, single, batch]);
    const refused = await send([altered, withForgedTail(batch), { ...batch, body: single.body }]);
    await run.drained(20_000);
    await run.end('SIGINT');
    await metronome.stop();

    expect(altered.body).not.toBe(single.body);
    expect({ taken, refused }).toEqual({ taken: [200, 200, 200, 200, 200], refused: [503, 503, 503] });
    expect([...metronome.billed.keys()].toSorted()).toEqual(['one', 'single', 'two']);
    expect(LOCAL_CREDENTIALS.sharedSecret).not.toBe(LOCAL_CREDENTIALS.endpointToken);
  }, 60_000);
});
