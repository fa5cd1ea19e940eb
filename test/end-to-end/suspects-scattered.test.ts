import { afterEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createForwardHandler } from '../../lambda/forward/handler.ts';
import { lambdaContext } from '../../local/function/lambda-context.ts';
import { TAKEN } from '../helpers/metronome-stand-in.ts';
import { trackEvent } from '../helpers/segment.ts';
import { recordingTelemetry } from '../helpers/telemetry.ts';
import { DEFAULT_MAPPING } from '../lambda/forward/factories.ts';
import { startHandlerWorld } from '../lambda/forward/handler-world.ts';
import type { HandlerWorld } from '../lambda/forward/handler-world.ts';

const VISIBILITY_SECONDS = 360;
const EVENTS = 40;

let world: HandlerWorld | undefined;

afterEach(async () => {
  await world?.stop();
  world = undefined;
});

describe('events that were in runs that died', () => {
  it('would come back at different times, should the first of them kill this run, too', async () => {
    let hidden: readonly number[] | undefined;
    const here = await startHandlerWorld(() => {
      hidden ??= [...here.hiddenSeconds().values()];
      return TAKEN;
    }, 'token');
    world = here;
    const mappingsPath = join(here.folder, 'mappings.json');
    writeFileSync(mappingsPath, JSON.stringify({ mappings: [{ name: 'track', trigger: 'type = "track"', mapping: DEFAULT_MAPPING }] }));
    const records = await here.receive(Array.from({ length: EVENTS }, (_, index) => JSON.stringify(trackEvent(`m-${index}`))));
    for (const { attributes } of records) Object.assign(attributes, { ApproximateReceiveCount: '3', ApproximateFirstReceiveTimestamp: String(Date.now() - 2 * VISIBILITY_SECONDS * 1_000) });
    // Longer delays than visibility, so that it can't have been a back-off.
    const handler = createForwardHandler({ environment: { ...here.environment, MAPPINGS_PATH: mappingsPath, RETRY_DELAYS_MINUTES: '60' }, telemetry: recordingTelemetry() });

    await handler({ Records: [...records] }, lambdaContext({ functionName: 'forward', timeoutSeconds: 60 }));

    expect(hidden).toHaveLength(EVENTS);
    expect(Math.min(...(hidden ?? []))).toBeGreaterThan(VISIBILITY_SECONDS / 2 - 5);
    expect(Math.max(...(hidden ?? []))).toBeLessThanOrEqual(VISIBILITY_SECONDS);
    expect(new Set((hidden ?? []).map((seconds) => Math.round(seconds / 10))).size).toBeGreaterThan(5);
  });
});
