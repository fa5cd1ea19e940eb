import { SQS_MAX_BATCH_ENTRIES, SQS_MAX_BYTES } from '../../../lambda/limits.ts';
import type { Settings } from '../../../lib/config.ts';
import { ingestLimit, ingestSeconds, WEBHOOK_SIZES } from '../capacity.ts';
import { INGEST_MEMORY_MB } from '../measured.ts';
import { LAMBDA_CONCURRENCY, LAMBDA_GROWTH_PER_TEN_SECONDS, LAMBDA_REQUESTS_PER_CONCURRENCY } from '../quotas.ts';
import { about, exact } from '../words.ts';
import { perSize } from './part.ts';
import type { Saturation } from './part.ts';

/** From the webhook to the queue. */
export function ingestParts(settings: Settings): readonly Saturation[] {
  return [ingest(settings), sendingToQueue()];
}

function ingest({ maxConcurrency }: Settings): Saturation {
  const { byDefault, newAccount } = LAMBDA_CONCURRENCY;
  const limitWith = (concurrency: number, size: number): string => about(ingestLimit(concurrency, maxConcurrency, size));
  return {
    part: 'ingest',
    limit:
      `${exact(byDefault)} functions at once in the region, all together, and ${LAMBDA_REQUESTS_PER_CONCURRENCY} requests/s for each of them; ${newAccount} in a new account; can be raised. ${exact(LAMBDA_GROWTH_PER_TEN_SECONDS)} more every 10 s. ` +
      `A webhook takes ${WEBHOOK_SIZES.map((size) => `${about(1000 * ingestSeconds(size))} ms at ${size}`).join(', ')} (${INGEST_MEMORY_MB} MB)`,
    eventsPerSecond: perSize((size) => `${limitWith(byDefault, size)}; new account: ${limitWith(newAccount, size)}`),
    movedBy: 'Service Quotas, Lambda: concurrent executions; larger batches in Segment',
    alarms: ['IngestThrottles', 'WebhooksFailed'],
    graphs: ['Functions at work', 'Function throttles'],
  };
}

function sendingToQueue(): Saturation {
  return {
    part: 'sending to SQS',
    limit: `no published rate for a standard queue; ${SQS_MAX_BATCH_ENTRIES} events and ${SQS_MAX_BYTES / 1024 ** 2} MiB a request`,
    eventsPerSecond: perSize(() => 'none'),
    movedBy: 'nothing to move',
    alarms: ['StoreFailed'],
    graphs: [],
    alsoSeen: "`send_message_failed` in ingest's log",
  };
}
