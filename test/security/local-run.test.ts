import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { endLeftovers, startLocalProcess } from '../helpers/local-process.ts';
import { refusal, startMetronomeStandIn, TAKEN } from '../helpers/metronome-stand-in.ts';
import { sendAll } from '../helpers/segment-sender.ts';
import { batchRequest, singleRequest } from '../helpers/segment.ts';
import type { SegmentRequest } from '../helpers/segment.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { ENDPOINT_TOKEN, METRONOME_TOKEN, plantedBodies, plantedEvent, SHARED_SECRET } from './planted.ts';
import { linesWithMarkers } from './traces.ts';

const CREDENTIALS = { sharedSecret: SHARED_SECRET, endpointToken: ENDPOINT_TOKEN };
const folder = temporaryFolder();

afterAll(() => {
  endLeftovers();
  folder.remove();
});

/** Every file and folder below, itself included. */
function everything(path: string): readonly string[] {
  return [path, ...readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))];
}

describe('the local run, on the way to a real Metronome', () => {
  it('prints nothing of an event and nothing of a secret, and lets nobody else read its data', async () => {
    const metronome = await startMetronomeStandIn(({ body, headers, events }) =>
      events.some((event) => String(event['event_type']).startsWith('refused')) ? refusal(400, `can't take ${body} from ${headers.authorization ?? ''}`) : TAKEN,
    );
    const run = await startLocalProcess({
      BRIDGE_DATA: folder.path,
      SEGMENT_SHARED_SECRET: SHARED_SECRET,
      ENDPOINT_TOKEN,
      METRONOME_API_TOKEN: METRONOME_TOKEN,
      METRONOME_BASE_URL: metronome.url,
    });
    const single = singleRequest(plantedEvent(), CREDENTIALS);
    const opened = (body: string): SegmentRequest => ({ method: 'POST', headers: { authorization: `Bearer ${ENDPOINT_TOKEN}` }, body });
    const requests = [single, batchRequest([plantedEvent(), plantedEvent()], CREDENTIALS), ...plantedBodies().map(opened), { ...single, headers: {} }];

    const statuses = await sendAll(requests, { webhook: () => run.webhook, concurrency: 4, pauseMs: 0, maxTries: 1 });
    const { fates } = await run.drained(20_000);
    const modes = everything(folder.path).map((path) => statSync(path).mode % 0o100);
    await run.end('SIGINT');
    await metronome.stop();

    expect(new Set(statuses)).toEqual(new Set([200, 401]));
    // One of the bodies is an array of two texts: a batch.
    expect(fates).toEqual({ delivered: 5, filtered: 1, quarantined: 13 });
    expect(run.output()).toContain('event_quarantined');
    expect(linesWithMarkers(run.output())).toEqual([]);
    expect(modes.filter((mode) => mode !== 0)).toEqual([]);
  }, 60_000);
});
