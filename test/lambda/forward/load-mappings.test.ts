import { afterEach, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createForwardHandler } from '../../../lambda/forward/handler.ts';
import type { ForwardHandlerOptions } from '../../../lambda/forward/handler.ts';
import { compileMappings } from '../../../lambda/mapping/index.ts';
import { lambdaContext } from '../../../local/function/lambda-context.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';
import { startHandlerWorld } from './handler-world.ts';
import type { HandlerWorld } from './handler-world.ts';

let world: HandlerWorld;
let settled: { readonly fate: string; readonly mappingVersion: string }[];

afterEach(() => world.stop());

async function start(loadMappings?: ForwardHandlerOptions['loadMappings']) {
  world = await startHandlerWorld(undefined, 'token');
  settled = [];
  const environment = { ...world.environment, MAPPINGS_PATH: join(world.folder, 'mappings.json') };
  const onSettled: ForwardHandlerOptions['onSettled'] = (events, mappingVersion) => settled.push(...events.map(({ fate }) => ({ fate: fate.kind, mappingVersion })));
  const handler = createForwardHandler({ environment, telemetry: recordingTelemetry(), onSettled, loadMappings });
  return async (): Promise<void> => {
    const Records = await world.receive([JSON.stringify(trackEvent('m'))]);
    await handler({ Records: [...Records] }, lambdaContext({ functionName: 'forward', timeoutSeconds: 60 }));
  };
}

function mappings(trigger: string): string {
  const mapping = { transaction_id: { '@path': '$.messageId' }, customer_id: 'c', timestamp: { '@path': '$.timestamp' }, event_type: 'e', properties: {} };
  return JSON.stringify({ mappings: [{ name: 'all', trigger, mapping }] });
}

it('maps each batch with what it is given at the time, and tells the version', async () => {
  const [first, second] = ['type = "track"', 'type = "page"'].map((trigger) => compileMappings(mappings(trigger)));
  const versions = [first, second];
  const handle = await start(() => versions.shift() ?? compileMappings('{'));

  await handle();
  await handle();
  await handle();

  expect(settled).toEqual([
    { fate: 'delivered', mappingVersion: first?.version },
    { fate: 'filtered', mappingVersion: second?.version },
    { fate: 'returned', mappingVersion: 'none' },
  ]);
});

it('keeps the file that was deployed for as long as it runs, if it is given nothing', async () => {
  const handle = await start();
  writeFileSync(join(world.folder, 'mappings.json'), mappings('type = "track"'));
  await handle();
  writeFileSync(join(world.folder, 'mappings.json'), mappings('type = "page"'));
  await handle();

  expect(settled.map(({ fate }) => fate)).toEqual(['delivered', 'delivered']);
});
