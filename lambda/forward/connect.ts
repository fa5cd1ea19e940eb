import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import manifest from '../../package.json' with { type: 'json' };
import { EnvironmentError, numberFrom, numbersFrom, textFrom } from '../environment.ts';
import { metronomeOrigin } from '../metronome-origin.ts';
import type { Telemetry } from '../telemetry.ts';
import type { ForwardDeps } from './forward.ts';
import { createLedgerWriter } from './ledger.ts';
import { createMetronomeClient } from './metronome.ts';
import { createPacer } from './pacer.ts';
import type { ReturnLaterDeps } from './return-later.ts';
import type { RetryTimes } from './suspects.ts';
import { createTokenSource } from './token.ts';

/** Everything outside of the function that an invocation uses, and the settings. */
export type Connections = Omit<ForwardDeps, 'mappings'> & ReturnLaterDeps & RetryTimes;

/**
 * Makes the clients, once per container; nothing is asked of them yet.
 * @throws EnvironmentError if a setting is missing or unreadable
 */
export function connect(environment: NodeJS.ProcessEnv, telemetry: Telemetry): Connections {
  const now = Date.now;
  const bucket = textFrom(environment, 'LEDGER_BUCKET');
  const userAgent = `${manifest.name}/${manifest.version}`;
  return {
    telemetry,
    now,
    random: Math.random,
    sleep,
    client: createMetronomeClient({ baseUrl: baseUrlFrom(environment), userAgent, now }),
    token: createTokenSource(textFrom(environment, 'METRONOME_TOKEN_SECRET_ARN'), telemetry),
    pacer: createPacer(eventsPerSecondFrom(environment)),
    ledger: createLedgerWriter({ s3: new S3Client({}), bucket, newId: randomUUID }),
    archives: numberFrom(environment, 'ARCHIVE_DAYS') > 0,
    sqs: new SQSClient({}),
    queueUrl: textFrom(environment, 'QUEUE_URL'),
    retryDelaysMinutes: numbersFrom(environment, 'RETRY_DELAYS_MINUTES'),
    visibilityTimeoutSeconds: numberFrom(environment, 'VISIBILITY_TIMEOUT_SECONDS'),
  };
}

/** Checked here too: the token must not travel to an address that isn't https. */
function baseUrlFrom(environment: NodeJS.ProcessEnv): string {
  const origin = metronomeOrigin(textFrom(environment, 'METRONOME_BASE_URL'));
  if (origin !== undefined) return origin;
  throw new EnvironmentError('the environment variable METRONOME_BASE_URL is not an https origin (or http for this machine); deploy the stack again');
}

/** This container's share of the rate. The local run sets none: its sandbox takes whatever comes. */
function eventsPerSecondFrom(environment: NodeJS.ProcessEnv): number {
  if (environment['METRONOME_EVENTS_PER_SECOND'] === undefined) return Number.POSITIVE_INFINITY;
  return numberFrom(environment, 'METRONOME_EVENTS_PER_SECOND') / numberFrom(environment, 'MAX_CONCURRENCY');
}
