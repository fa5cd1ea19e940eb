import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { join } from 'node:path';

import { EnvironmentError } from '../environment.ts';
import { readMappings } from '../mapping/index.ts';
import type { CompiledMappings } from '../mapping/index.ts';
import { errorName, messageOf } from '../error-text.ts';
import { createTelemetry } from '../telemetry.ts';
import type { Telemetry } from '../telemetry.ts';
import { connect } from './connect.ts';
import type { Connections } from './connect.ts';
import type { ReturnCause } from './fate.ts';
import { forward, returnAll } from './forward.ts';
import type { ForwardMemory } from './forward.ts';
import { queuedEvent } from './record.ts';
import type { QueuedEvent } from './record.ts';
import { finishNow, handleApart } from './handle-apart.ts';
import { reportFates } from './report-fates.ts';
import { reportUnaccounted } from './report-unaccounted.ts';
import { returnLater } from './return-later.ts';
import { unread } from './settle.ts';
import type { Settled } from './settle.ts';
import { isSuspect } from './suspects.ts';

/** Sending stops this long before the function's own deadline, in milliseconds: the ledger and the back-off need it. */
const FINISH_MARGIN_MS = 5_000;
/** Stands in the ledger for the mapping version of events that were never mapped. */
const NOT_MAPPED = 'none';

export type ForwardHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

export interface ForwardHandlerOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly telemetry: Telemetry;
  /**
   * Told every event's fate once the ledger is written, before anything is deleted from the queue; and the version of the
   * mappings, or `none`.
   */
  readonly onSettled?: (settled: readonly Settled[], mappingVersion: string) => void;
  /** Asked for the mappings of each batch, in place of the file that was deployed, which is read once. */
  readonly loadMappings?: () => CompiledMappings;
}

/** The times of one invocation. */
interface Invocation {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Epoch milliseconds: by then sending must have stopped. */
  readonly deadline: number;
  /** How long it may last in all. */
  readonly timeoutSeconds: number;
}

/**
 * The forward function. Settings, secrets and mappings are read inside the handler: if one of them is wrong, the batch goes
 * back to the queue with the reason in the log, and the function never crashes at start.
 */
export function createForwardHandler(options: ForwardHandlerOptions): ForwardHandler {
  const { environment, telemetry } = options;
  const memory: ForwardMemory = {};
  let connections: Connections | undefined;
  let deployed: CompiledMappings | undefined;
  const { loadMappings = () => (deployed ??= readMappings(environment['MAPPINGS_PATH'] ?? join(import.meta.dirname, 'mappings.json'), environment['MAPPINGS_VERSION'])) } = options;

  function mappingsSafely(): CompiledMappings | undefined {
    try {
      return loadMappings();
    } catch (error) {
      telemetry.error('mappings_unusable', { advice: messageOf(error) });
      return undefined;
    }
  }

  function connectSafely(): Connections | undefined {
    try {
      connections ??= connect(environment, telemetry);
      return connections;
    } catch (error) {
      telemetry.error('forward_failed', { error: errorName(error), advice: error instanceof EnvironmentError ? error.message : undefined });
      return undefined;
    }
  }

  async function settleBatch(batch: readonly QueuedEvent[], deadline: number, connected: Connections): Promise<readonly Settled[]> {
    const mappings = mappingsSafely();
    const settled = mappings === undefined ? await returnAll(batch, 'configuration', { ...connected, mappingVersion: NOT_MAPPED }) : await forward(batch, deadline, { ...connected, mappings }, memory);
    options.onSettled?.(settled, mappings?.version ?? NOT_MAPPED);
    return settled;
  }

  async function settleSafely(batch: readonly QueuedEvent[], deadline: number, connected: Connections): Promise<readonly Settled[]> {
    try {
      return await settleBatch(batch, deadline, connected);
    } catch (error) {
      // Thrown, or answered with every record: the same for the queue. Answered, they get their back-off.
      telemetry.error('forward_failed', { error: errorName(error) });
      return returnUnread(batch, 'internal', telemetry);
    }
  }

  /** Events that may kill the process come last, when nothing else can be lost with them. */
  async function handle(batch: readonly QueuedEvent[], { now, deadline, timeoutSeconds }: Invocation, connected: Connections): Promise<readonly Settled[]> {
    const settle = (events: readonly QueuedEvent[]) => settleSafely(events, deadline, connected);
    const { suspects = [], others = [] } = Object.groupBy(batch, (queued) => (isSuspect(queued, now, connected) ? 'suspects' : 'others'));
    const settled = others.length === 0 ? [] : await settle(others);
    if (suspects.length === 0) {
      await returnLater(settled, connected);
      return settled;
    }
    await finishNow(settled, connected);
    // What is done must be counted even if the process dies now.
    telemetry.flush();
    return [...settled, ...(await handleApart(suspects, timeoutSeconds, { ...connected, settle }))];
  }

  return async (event, context) => {
    const now = Date.now();
    const remainingMs = context.getRemainingTimeInMillis();
    const invocation = { now, deadline: now + remainingMs - FINISH_MARGIN_MS, timeoutSeconds: Math.ceil(remainingMs / 1000) };
    const batch = event.Records.flatMap((record) => readRecord(record, now, telemetry));
    const connected = connectSafely();
    const settled = connected === undefined ? returnUnread(batch, 'configuration', telemetry) : await handle(batch, invocation, connected);
    reportUnaccounted(batch, settled, telemetry);
    telemetry.flush();
    return { batchItemFailures: unproven(event, settled) };
  };
}

function returnUnread(batch: readonly QueuedEvent[], cause: ReturnCause, telemetry: Telemetry): readonly Settled[] {
  const settled = batch.map((queued): Settled => ({ ...unread(queued), fate: { kind: 'returned', cause }, usage: [] }));
  reportFates(settled, telemetry, Date.now());
  return settled;
}

/** None for a record that isn't as SQS makes them: it stays unproven, and doesn't hold back the others. */
function readRecord(record: SQSRecord, now: number, telemetry: Telemetry): QueuedEvent[] {
  try {
    return [queuedEvent(record, now)];
  } catch (error) {
    telemetry.error('record_unreadable', { sqsMessageId: record.messageId, error: errorName(error) });
    return [];
  }
}

/** Every record without a proven fate goes back: to say nothing of a record would delete it. */
function unproven(event: SQSEvent, settled: readonly Settled[]): SQSBatchResponse['batchItemFailures'] {
  const done = new Set(settled.filter(({ fate }) => fate.kind !== 'returned').map(({ queued }) => queued.sqsMessageId));
  return event.Records.filter(({ messageId }) => !done.has(messageId)).map(({ messageId }) => ({ itemIdentifier: messageId }));
}

export const handler: ForwardHandler = createForwardHandler({ environment: process.env, telemetry: createTelemetry({ service: 'forward', stack: process.env['STACK_NAME'] }) });
