import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { messageOf } from '../lambda/error-text.ts';
import type { Settled } from '../lambda/forward/settle.ts';
import { INGEST_TIMEOUT_SECONDS } from '../lambda/limits.ts';
import type { Telemetry } from '../lambda/telemetry.ts';

import { useLocalAws } from './aws-environment.ts';
import { makeFolder } from './data-folder.ts';
import { startEventSource } from './event-source/event-source.ts';
import { refusalOfForeignNames } from './foreign-names.ts';
import { createFunctions } from './functions.ts';
import type { FunctionsOptions } from './functions.ts';
import { startGateway } from './gateway/gateway.ts';
import { shared } from './http/shared.ts';
import { LocalRunError, portError } from './local-error.ts';
import type { LocalSettings } from './local-settings.ts';
import { answerOpenPage } from './open-page.ts';
import type { Report } from './problem.ts';
import { REGION, startQueueAndBucket } from './queue-and-bucket.ts';
import { startSandbox } from './sandbox/sandbox.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { SANDBOX_TOKEN, secretSeeds } from './secrets.ts';
import { startSecretsManager } from './secrets-manager/secrets-manager.ts';
import type { StartSettings } from './start-settings.ts';
import { stateOf } from './state.ts';
import type { State } from './state.ts';
import { openCheckedMappings } from './studio/checked-mappings.ts';
import { leaveWord } from './studio/operator-word.ts';
import type { StudioServices } from './studio/services.ts';
import { createStudio } from './studio/studio.ts';
import type { Studio } from './studio/studio.ts';
import { openTally } from './tally.ts';

export interface LocalBridgeOptions extends StartSettings {
  readonly mappingsPath: string;
  readonly settings: LocalSettings;
  readonly telemetry: Telemetry;
  readonly report: Report;
  /** Told every event's fate as it falls. */
  readonly onSettled?: (settled: readonly Settled[]) => void;
  /** For the page at `/`; without it there is none. */
  readonly studio?: { readonly services: StudioServices; readonly samplesFolder: string };
}

export interface LocalBridge {
  /** The gateway's origin; the webhook is at `/segment`. */
  readonly url: string;
  readonly dataFolder: string;
  readonly sandbox: Sandbox | undefined;
  state(): Promise<State>;
  /** Takes no more requests, finishes what is in flight, and closes the files. */
  stop(): Promise<void>;
}

/**
 * The whole bridge in this process: the deployed handlers, fed by stand-ins for API Gateway, SQS, S3 and Secrets Manager.
 * @throws LocalRunError with one line for a person
 */
export async function startLocalBridge(options: LocalBridgeOptions): Promise<LocalBridge> {
  // What was accepted for the sandbox must never reach the real Metronome, so each has its own queue.
  const dataFolder = join(options.dataFolder, options.target.kind);
  makeFolder(dataFolder);
  const started: (() => Promise<void> | void)[] = [];
  /** In the order of starting; stopped in the reverse. */
  const keep = <T>(part: T, stop: (part: T) => Promise<void> | void): T => {
    started.push(() => stop(part));
    return part;
  };
  const stopAll = async (): Promise<void> => {
    for (const stop of started.toReversed()) await stop();
    started.length = 0;
  };
  try {
    return await startParts(options, dataFolder, keep, stopAll);
  } catch (error) {
    await stopAll();
    throw error;
  }
}

type Keep = <T>(part: T, stop: (part: T) => Promise<void> | void) => T;

async function startParts(options: LocalBridgeOptions, dataFolder: string, keep: Keep, stop: () => Promise<void>): Promise<LocalBridge> {
  const { settings, target, report } = options;
  const tally = keep(openTally(join(dataFolder, 'tally.db')), (part) => part.close());
  const mappings = keep(openCheckedMappings(options.mappingsPath, options.studio?.services, report), (part) => part.stop());
  const sandbox = target.kind === 'sandbox' ? keep(await openSandbox(dataFolder, report), (part) => part.stop()) : undefined;
  const accessKeyId = randomBytes(16).toString('hex');
  const secretsManager = keep(await startSecretsManager({ secrets: secretSeeds(options), accessKeyId, report }), (part) => part.stop());
  const queue = keep(await startQueueAndBucket(dataFolder, accessKeyId, settings), (part) => part.stop());
  useLocalAws(process.env, { queueAndBucket: queue.endpoint, secretsManager: secretsManager.url, region: REGION, accessKeyId });

  const state = shared(async () => stateOf(tally.counts(), await queue.counts(), target, sandbox));
  const studio: Studio | undefined = options.studio && createStudio({ ...options.studio, mappings, state, secrets: options, webhookUrl: () => `${gateway.url}/segment`, retryDelaysMinutes: settings.retryDelaysMinutes, report });
  const onSettled: NonNullable<FunctionsOptions['onSettled']> = (settled, mappingVersion) => {
    studio?.onSettled(settled, mappingVersion);
    options.onSettled?.(settled);
  };
  const functions = createFunctions({ ...options, onSettled, mappings, queue, metronomeUrl: target.kind === 'metronome' ? target.baseUrl : (sandbox?.url ?? ''), tally });
  if (!settings.paused) {
    const { sqs, queueUrl, queueArn } = queue;
    const source = { ...settings, sqs, queueUrl, queueArn, functionTimeoutSeconds: settings.forwardTimeoutSeconds, functionName: 'forward' };
    keep(startEventSource({ ...source, invoke: functions.forward, report }), (part) => part.stop());
  }
  const gateway = keep(
    await startGateway({
      port: options.port,
      routes: { '/segment': functions.ingest, '/segment/': functions.ingest },
      refusal: refusalOfForeignNames(options),
      fallback: (request, response) => answerOpenPage(request, response, state, studio),
      functionName: 'ingest',
      functionTimeoutSeconds: INGEST_TIMEOUT_SECONDS,
      report,
    }).catch((error: unknown) => {
      throw portError(options.port, error);
    }),
    (part) => part.stop(),
  );
  // The first to stop: an open page would keep the gateway waiting.
  if (studio !== undefined) keep(studio, (part) => part.stop());
  const { endpoint, bucket, queueUrl, deadLettersUrl } = queue;
  const runs = { mappingsPath: options.mappingsPath, archiveDays: settings.archiveDays };
  const parts = { pid: process.pid, url: gateway.url, endpoint, region: REGION, accessKeyId, bucket, queueUrl, deadLettersUrl, ...runs };
  keep(leaveWord(dataFolder, parts, mappings, report), (remove) => remove());
  void studio?.prepare();
  return { url: gateway.url, dataFolder, sandbox, state, stop };
}

async function openSandbox(dataFolder: string, report: Report): Promise<Sandbox> {
  const databasePath = join(dataFolder, 'sandbox.db');
  try {
    return await startSandbox({ token: SANDBOX_TOKEN, databasePath, report });
  } catch (error) {
    const reason = messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
    throw new LocalRunError(`The sandbox's events can't be read (${databasePath}: ${reason}). Move the file away, or set BRIDGE_DATA to another folder.`);
  }
}
