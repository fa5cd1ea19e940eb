import { join } from 'node:path';

import type { Settled } from '../lambda/forward/settle.ts';
import { createForwardHandler } from '../lambda/forward/handler.ts';
import { createIngestHandler } from '../lambda/ingest/handler.ts';
import type { Telemetry } from '../lambda/telemetry.ts';
import { useLocalAws } from './aws-environment.ts';
import { makeFolder } from './data-folder.ts';
import { startEventSource } from './event-source/event-source.ts';
import { startGateway } from './gateway/gateway.ts';
import { LocalRunError, messageOf } from './local-error.ts';
import type { Report } from './problem.ts';
import { REGION, startQueueAndBucket } from './queue-and-bucket.ts';
import type { QueueSettings } from './queue-and-bucket.ts';
import { startSandbox } from './sandbox/sandbox.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { startSecretsManager } from './secrets-manager/secrets-manager.ts';
import { answerOpenPage } from './state.ts';
import type { State } from './state.ts';
import { openTally } from './tally.ts';
import type { FinalFate, Tally } from './tally.ts';

/** Where usage events go. */
export type Target = { readonly kind: 'sandbox' } | { readonly kind: 'metronome'; readonly baseUrl: string; readonly token: string };

export interface LocalBridgeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly dataFolder: string;
  readonly target: Target;
  readonly segmentSharedSecret: string;
  readonly endpointToken: string;
  readonly mappingsPath: string;
  readonly settings: LocalSettings;
  readonly telemetry: Telemetry;
  readonly report: Report;
  readonly onSettled?: (settled: readonly Settled[]) => void;
}

/** What the local run takes from the bridge's settings. */
export interface LocalSettings extends QueueSettings {
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly maxConcurrency: number;
  readonly forwardTimeoutSeconds: number;
  readonly retryDelaysMinutes: readonly number[];
  readonly archiveDays: number;
  readonly metronomeEventsPerSecond: number;
  readonly previousSecretHours: number;
  readonly paused: boolean;
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

const SEGMENT_SECRET = 'segment-shared-secret';
const ENDPOINT_TOKEN = 'endpoint-token';
const METRONOME_TOKEN = 'metronome-token';
const SANDBOX_TOKEN = 'local-sandbox-token';
/** The same as the deployed ingest function's. */
const INGEST_TIMEOUT_SECONDS = 9;

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
  const { settings, target, telemetry, report } = options;
  const tally = keep(openTally(join(dataFolder, 'tally.db')), (part) => part.close());
  const sandbox = target.kind === 'sandbox' ? keep(await openSandbox(dataFolder, report), (part) => part.stop()) : undefined;
  const secretsManager = keep(await startSecretsManager({ secrets: secretsOf(options), report }), (part) => part.stop());
  const queue = keep(await startQueueAndBucket(dataFolder, settings), (part) => part.stop());
  useLocalAws(process.env, { queueAndBucket: queue.endpoint, secretsManager: secretsManager.url, region: REGION });

  const environment = {
    QUEUE_URL: queue.queueUrl,
    LEDGER_BUCKET: queue.bucket,
    SEGMENT_SECRET_ARN: SEGMENT_SECRET,
    ENDPOINT_TOKEN_SECRET_ARN: ENDPOINT_TOKEN,
    METRONOME_TOKEN_SECRET_ARN: METRONOME_TOKEN,
    METRONOME_BASE_URL: target.kind === 'metronome' ? target.baseUrl : (sandbox?.url ?? ''),
    PREVIOUS_SECRET_HOURS: String(settings.previousSecretHours),
    ARCHIVE_DAYS: String(settings.archiveDays),
    RETRY_DELAYS_MINUTES: settings.retryDelaysMinutes.join(','),
    MAPPINGS_PATH: options.mappingsPath,
    // All invocations share this process, and so one pace; the sandbox takes whatever comes.
    ...(target.kind === 'metronome' ? { METRONOME_EVENTS_PER_SECOND: String(settings.metronomeEventsPerSecond), MAX_CONCURRENCY: '1' } : {}),
  };
  const forward = createForwardHandler({
    environment,
    telemetry,
    onSettled: (settled) => {
      tally.settle(settled.flatMap(finalFate));
      options.onSettled?.(settled);
    },
  });
  if (!settings.paused) {
    const { sqs, queueUrl, queueArn } = queue;
    const source = { ...settings, sqs, queueUrl, queueArn, functionTimeoutSeconds: settings.forwardTimeoutSeconds, functionName: 'forward' };
    keep(startEventSource({ ...source, invoke: forward, report }), (part) => part.stop());
  }
  const state = async (): Promise<State> => stateOf(tally, await queue.counts(), target, sandbox);
  const ingest = createIngestHandler({ environment, telemetry, onStored: (ids) => tally.accept(ids) });
  const gateway = keep(
    await startGateway({
      port: options.port,
      routes: { '/segment': ingest, '/segment/': ingest },
      fallback: (request, response) => answerOpenPage(request, response, state),
      functionName: 'ingest',
      functionTimeoutSeconds: INGEST_TIMEOUT_SECONDS,
      report,
    }).catch((error: unknown) => {
      throw portError(options.port, error);
    }),
    (part) => part.stop(),
  );
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

function secretsOf({ segmentSharedSecret, endpointToken, target }: LocalBridgeOptions): Record<string, { value: string; createdAt: Date }> {
  const createdAt = new Date();
  return {
    [SEGMENT_SECRET]: { value: segmentSharedSecret, createdAt },
    [ENDPOINT_TOKEN]: { value: endpointToken, createdAt },
    [METRONOME_TOKEN]: { value: target.kind === 'metronome' ? target.token : SANDBOX_TOKEN, createdAt },
  };
}

function finalFate({ queued: { sqsMessageId }, fate }: Settled): FinalFate[] {
  if (fate.kind === 'returned') return [];
  return [{ sqsMessageId, fate: fate.kind, ...(fate.kind === 'quarantined' ? { reason: fate.reason } : {}) }];
}

function stateOf(tally: Tally, queue: State['queue'], target: Target, sandbox: Sandbox | undefined): State {
  return {
    ...tally.counts(),
    queue,
    target: target.kind === 'metronome' ? target.baseUrl : 'sandbox',
    ...(sandbox === undefined ? {} : { sandbox: { url: sandbox.url, events: `${sandbox.url}/events`, billed: sandbox.billed(), duplicates: sandbox.duplicates() } }),
  };
}

function portError(port: number, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return new LocalRunError(`Port ${port} is in use. Stop the program that holds it, or set BRIDGE_PORT to another port (0 takes any free one).`);
  if (code === 'EACCES') return new LocalRunError(`Port ${port} may not be opened by this user. Set BRIDGE_PORT to a port over 1023.`);
  return error;
}
