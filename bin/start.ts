import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';

import { createStudioServices } from '../cli/studio/services.ts';
import { errorName } from '../lambda/error-text.ts';
import { ConfigError, settingsFromEnvironment } from '../lib/config.ts';
import { readMappingsFile, warningsOf } from '../lib/mappings-file.ts';
import { startLocalBridge } from '../local/bridge.ts';
import type { LocalBridge } from '../local/bridge.ts';
import { createConsoleTelemetry } from '../local/console-telemetry.ts';
import { LocalRunError } from '../local/local-error.ts';
import { createFateWatch, postSigned, sampleEvent } from '../local/sample.ts';
import type { FateWatch } from '../local/sample.ts';
import { readStartSettings } from '../local/start-settings.ts';
import type { StartSettings } from '../local/start-settings.ts';
import type { StudioServices } from '../local/studio/services.ts';
import { addresses, firstLine, indent, sampleFate } from '../local/welcome.ts';

const HELP = `npm start: the whole bridge on this machine

Environment:
  BRIDGE_PORT             port of the webhook (8787; 0 takes any free one)
  BRIDGE_DATA             folder of queue, ledger and counts (.bridge)
  SEGMENT_SHARED_SECRET   signs Segment's requests (local-shared-secret)
  ENDPOINT_TOKEN          opens batches (local-endpoint-token)
  METRONOME_API_TOKEN     unset: an embedded sandbox; set: the real Metronome
  METRONOME_BASE_URL      another Metronome, with METRONOME_API_TOKEN
  BRIDGE_<SETTING>        any setting, as BRIDGE_BATCH_SIZE=100
`;

const PROJECT_FOLDER = join(import.meta.dirname, '..');
/** How long the sample event may take, in milliseconds, before the start goes on without its fate. */
const SAMPLE_WAIT_MS = 20_000;

// What lies in the data folder are customers' events.
process.umask(0o077);
// Lambda runs in UTC, and a time without a zone is read in the process's own.
process.env['TZ'] = 'UTC';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const printError = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

async function main(): Promise<void> {
  const settings = settingsFromEnvironment(process.env);
  const startSettings = readStartSettings(process.env, settings.metronomeBaseUrl);
  // Every mistake in the file now, and in words; the function would only return its batches.
  for (const warning of warningsOf(readMappingsFile(settings.mappings))) printError(warning);
  const watch = createFateWatch();
  const telemetry = createConsoleTelemetry({ write: printError, now: Date.now, later: (run, milliseconds) => setTimeout(run, milliseconds).unref() });
  const bridge = await startLocalBridge({
    ...startSettings,
    mappingsPath: resolve(settings.mappings),
    settings,
    telemetry,
    report: ({ at, message, cause }) => telemetry.error(at, { advice: message, cause: cause === undefined ? undefined : errorName(cause) }),
    onSettled: watch.onSettled,
    studio: { services: studioServices(settings.mappings, startSettings), samplesFolder: join(PROJECT_FOLDER, 'samples/events') },
  });
  stopOnSignal(bridge);
  print(firstLine(startSettings));
  print(`\n${addresses(bridge, startSettings)}`);
  if (settings.paused) print('\nPaused: events are accepted and wait in the queue, until it is started with the setting "paused" off.');
  else if (bridge.sandbox !== undefined) await showSample(bridge, startSettings, watch);
  print('\nServing. Ctrl-C stops, and finishes what is in flight.');
}

/** The operator's tool finds this very run by its data folder. */
function studioServices(mappingsName: string, { dataFolder, target }: StartSettings): StudioServices {
  const environment = { ...process.env, BRIDGE_DATA: resolve(dataFolder) };
  return createStudioServices({ mappingsName, target: target.kind, environment, projectFolder: PROJECT_FOLDER, now: Date.now });
}

async function showSample(bridge: LocalBridge, { segmentSharedSecret }: StartSettings, watch: FateWatch): Promise<void> {
  const event = sampleEvent(Date.now(), randomUUID);
  const fate = watch.fateOf(event.messageId, SAMPLE_WAIT_MS);
  print(`\nOne signed sample event goes in:\n${indent(JSON.stringify(event))}`);
  const answer = await postSigned(`${bridge.url}/segment`, event, segmentSharedSecret);
  print(`Webhook's answer: ${answer.status} ${answer.body}`);
  const settled = await fate;
  const ids = settled?.usage.flatMap(({ transactionId }) => transactionId ?? []) ?? [];
  const usageEvents = bridge.sandbox?.find(ids).map((accepted) => accepted.rawEvent) ?? [];
  print(sampleFate(settled, usageEvents));
}

function stopOnSignal(bridge: LocalBridge): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(130);
    stopping = true;
    print('\nStopping: finishing what is in flight. Ctrl-C again stops at once; what is queued is kept.');
    bridge.stop().then(
      () => {
        print('Stopped.');
        process.exit(0);
      },
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function fail(error: unknown): never {
  if (error instanceof LocalRunError || error instanceof ConfigError) printError(error.message);
  else printError(`The bridge stopped on an error of its own; please report it.\n${error instanceof Error ? error.stack : String(error)}`);
  process.exit(1);
}

const [argument] = process.argv.slice(2);
if (argument === '--help' || argument === '-h') {
  print(HELP);
} else if (argument === undefined) {
  main().catch(fail);
} else {
  printError(`npm start takes no argument "${argument}".\n\n${HELP}`);
  process.exit(2);
}
