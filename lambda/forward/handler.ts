import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import manifest from '../../package.json' with { type: 'json' };
import { EnvironmentError, numberFrom, numbersFrom, textFrom } from '../environment.ts';
import { readMappings } from '../mapping/index.ts';
import type { CompiledMappings } from '../mapping/index.ts';
import { createSecretSource } from '../secrets.ts';
import { createTelemetry, errorName } from '../telemetry.ts';
import type { Telemetry } from '../telemetry.ts';
import { forward, returnAll } from './forward.ts';
import type { ForwardDeps, ForwardMemory } from './forward.ts';
import { createLedgerWriter } from './ledger.ts';
import { createMetronomeClient } from './metronome.ts';
import { queuedEvent } from './record.ts';
import type { QueuedEvent } from './record.ts';
import { returnLater } from './return-later.ts';
import type { ReturnLaterDeps } from './return-later.ts';
import type { TokenSource } from './send.ts';
import type { Settled } from './settle.ts';

/** Sending stops this long before the function's own deadline, in milliseconds: the ledger and the back-off need it. */
const FINISH_MARGIN_MS = 5_000;
/** Stands in the ledger for the mapping version of events that were never mapped. */
const NOT_MAPPED = 'none';

export type ForwardHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

export interface ForwardHandlerOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly telemetry: Telemetry;
  /** Told every event's fate once the ledger is written, before anything is deleted from the queue. */
  readonly onSettled?: (settled: readonly Settled[]) => void;
}

type Connections = Omit<ForwardDeps, 'mappings'> & ReturnLaterDeps;

/**
 * The forward function. Settings, secrets and mappings are read inside the handler: if one of them is wrong, the batch goes
 * back to the queue with the reason in the log, and the function never crashes at start.
 */
export function createForwardHandler(options: ForwardHandlerOptions): ForwardHandler {
  const { environment, telemetry } = options;
  const memory: ForwardMemory = { lastSuccessAt: Number.NEGATIVE_INFINITY };
  let connections: Connections | undefined;
  let mappings: CompiledMappings | undefined;

  function loadMappings(): CompiledMappings | undefined {
    try {
      mappings ??= readMappings(environment['MAPPINGS_PATH'] ?? besideThisFile('mappings.json'), environment['MAPPINGS_VERSION']);
      return mappings;
    } catch (error) {
      telemetry.error('mappings_unusable', { message: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  async function settleBatch(batch: readonly QueuedEvent[], deadline: number, connected: Connections): Promise<readonly Settled[]> {
    const loaded = loadMappings();
    if (loaded === undefined) return returnAll(batch, 'configuration', { ...connected, mappingVersion: NOT_MAPPED });
    return forward(batch, deadline, { ...connected, mappings: loaded }, memory);
  }

  return async (event, context) => {
    const now = Date.now();
    const deadline = now + context.getRemainingTimeInMillis() - FINISH_MARGIN_MS;
    try {
      connections ??= connect(environment, telemetry);
      const batch = event.Records.map((record) => queuedEvent(record, now));
      const settled = await settleBatch(batch, deadline, connections);
      options.onSettled?.(settled);
      const kept = settled.filter(({ fate }) => fate.kind === 'returned');
      await returnLater(kept, connections);
      return { batchItemFailures: unproven(event, settled) };
    } catch (error) {
      // Thrown, or answered with every record: the same for the queue. Answered, the function stays warm.
      const message = error instanceof EnvironmentError ? error.message : undefined;
      telemetry.error('forward_failed', { error: errorName(error), message });
      return { batchItemFailures: unproven(event, []) };
    } finally {
      telemetry.flush();
    }
  };
}

/** Every record without a proven fate goes back: to say nothing of a record would delete it. */
function unproven(event: SQSEvent, settled: readonly Settled[]): SQSBatchResponse['batchItemFailures'] {
  const done = new Set(settled.filter(({ fate }) => fate.kind !== 'returned').map(({ queued }) => queued.sqsMessageId));
  return event.Records.filter(({ messageId }) => !done.has(messageId)).map(({ messageId }) => ({ itemIdentifier: messageId }));
}

function connect(environment: NodeJS.ProcessEnv, telemetry: Telemetry): Connections {
  const now = Date.now;
  const bucket = textFrom(environment, 'LEDGER_BUCKET');
  const userAgent = `${manifest.name}/${manifest.version}`;
  return {
    telemetry,
    now,
    random: Math.random,
    sleep,
    client: createMetronomeClient({ baseUrl: textFrom(environment, 'METRONOME_BASE_URL'), userAgent, now }),
    token: tokenSource(textFrom(environment, 'METRONOME_TOKEN_SECRET_ARN'), telemetry),
    ledger: createLedgerWriter({ s3: new S3Client({}), bucket, newId: randomUUID }),
    archives: numberFrom(environment, 'ARCHIVE_DAYS') > 0,
    sqs: new SQSClient({}),
    queueUrl: textFrom(environment, 'QUEUE_URL'),
    retryDelaysMinutes: numbersFrom(environment, 'RETRY_DELAYS_MINUTES'),
  };
}

function tokenSource(secretId: string, telemetry: Telemetry): TokenSource {
  const source = createSecretSource({
    client: new SecretsManagerClient({}),
    secretId,
    // A Metronome token is archived by its owner; a second live one here would only hide that.
    previousSecretHours: 0,
    now: Date.now,
    onStale: (error) => telemetry.error('secret_refresh_failed', { secretId, error: errorName(error) }),
  });
  const orCommand = (token: string | undefined): string | undefined => {
    if (token === undefined) {
      telemetry.count('TokenNotSet');
      const command = `aws secretsmanager put-secret-value --secret-id ${secretId} --secret-string <your Metronome API token>`;
      telemetry.error('metronome_token_not_set', { message: 'Events wait in the queue until the token is set.', command });
    }
    return token;
  };
  return {
    read: async () => orCommand((await source.read())[0]?.value),
    reread: async () => orCommand((await source.reread())[0]?.value),
  };
}

function besideThisFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

export const handler: ForwardHandler = createForwardHandler({ environment: process.env, telemetry: createTelemetry('forward') });
