import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createForwardHandler } from '../../lambda/forward/handler.ts';
import { createIngestHandler } from '../../lambda/ingest/handler.ts';
import { createTelemetry } from '../../lambda/telemetry.ts';
import { lambdaContext } from '../../local/function/lambda-context.ts';
import { startSecretsManager } from '../../local/secrets-manager/secrets-manager.ts';
import { PROJECT_FOLDER } from '../helpers/project.ts';
import { refusal } from '../helpers/metronome-stand-in.ts';
import { startHandlerWorld } from '../lambda/forward/handler-world.ts';
import type { HandlerWorld } from '../lambda/forward/handler-world.ts';
import { METRONOME_TOKEN, plantedBodies } from './planted.ts';
import { requestsFor, SENDER_SECRETS } from './planted-requests.ts';

/**
 * Both handlers with their real telemetry, through everything that can happen to an event, in a process of its own whose
 * whole output a test reads. Writes what the sender and the queue were answered to the file it is given.
 */
const [answersFile = ''] = process.argv.slice(2);
const answers: unknown[] = [];
/** Its time begins to run when it is made. */
const context = () => lambdaContext({ functionName: 'planted', timeoutSeconds: 20 });

async function driveIngest(): Promise<void> {
  const world = await startHandlerWorld();
  const secrets = await startSecretsManager({ secrets: SENDER_SECRETS, accessKeyId: 'test' });
  process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] = secrets.url;
  const settings = { QUEUE_URL: world.environment['QUEUE_URL'], SEGMENT_SECRET_ARN: 'segment', ENDPOINT_TOKEN_SECRET_ARN: 'endpoint', PREVIOUS_SECRET_HOURS: '72' };
  const environments = [settings, { ...settings, QUEUE_URL: `${settings.QUEUE_URL}-that-is-not-there` }, { ...settings, SEGMENT_SECRET_ARN: 'none', ENDPOINT_TOKEN_SECRET_ARN: 'none' }, {}];
  for (const environment of environments) {
    const handler = createIngestHandler({ environment, telemetry: createTelemetry({ service: 'ingest', stack: 'planted' }) });
    for (const request of requestsFor()) answers.push(await handler(request, context()));
  }
  await secrets.stop();
  // Nobody listens there any more: the secrets can't be read.
  const unreadable = createIngestHandler({ environment: settings, telemetry: createTelemetry({ service: 'ingest', stack: 'planted' }) });
  for (const request of requestsFor().slice(0, 2)) answers.push(await unreadable(request, context()));
  await world.stop();
}

/** What Metronome says, each time quoting what it was sent. */
const MOODS = [200, 400, 422, 401, 429, 500, 404] as const;

async function driveForward(): Promise<void> {
  let mood: (typeof MOODS)[number] = 200;
  const world = await startHandlerWorld(({ body, headers, events }) => {
    if (mood === 400 && !events.some((event) => String(event['event_type']).startsWith('refused'))) return { kind: 'answer', status: 200, body };
    return { ...refusal(mood, `can't take ${body} from ${headers.authorization ?? ''}`) };
  }, METRONOME_TOKEN);
  try {
    const environment = { ...world.environment, MAPPINGS_PATH: join(PROJECT_FOLDER, 'mappings.json') };
    for (const next of MOODS) {
      mood = next;
      await invoke(world, environment);
    }
    mood = 200;
    const broken = join(world.folder, 'mappings.json');
    writeFileSync(broken, '{"mappings": [broken]}');
    await invoke(world, { ...environment, MAPPINGS_PATH: broken });
    await invoke(world, { ...environment, LEDGER_BUCKET: 'no-such-bucket' });
    await invoke(world, { ...environment, METRONOME_BASE_URL: 'http://127.0.0.1:1' });
    await invoke(world, {});
    world.rotateToken(`${METRONOME_TOKEN} and more`);
    await invoke(world, environment);
    world.rotateToken('');
    await invoke(world, environment);
  } finally {
    await world.stop();
  }
}

async function invoke(world: HandlerWorld, environment: NodeJS.ProcessEnv): Promise<void> {
  const Records = await world.receive(plantedBodies());
  const handler = createForwardHandler({ environment, telemetry: createTelemetry({ service: 'forward', stack: 'planted' }) });
  answers.push(await handler({ Records: [...Records] }, context()));
}

await driveIngest();
await driveForward();
writeFileSync(answersFile, JSON.stringify(answers));
