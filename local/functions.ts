import { createForwardHandler } from '../lambda/forward/handler.ts';
import type { ForwardHandler } from '../lambda/forward/handler.ts';
import type { Settled } from '../lambda/forward/settle.ts';
import { createIngestHandler } from '../lambda/ingest/handler.ts';
import type { IngestHandler } from '../lambda/ingest/handler.ts';
import type { Telemetry } from '../lambda/telemetry.ts';
import type { LocalSettings } from './local-settings.ts';
import type { QueueAndBucket } from './queue-and-bucket.ts';
import { SECRET_NAMES } from './secrets.ts';
import type { HotMappings } from './studio/hot-mappings.ts';
import type { Target } from './target.ts';
import type { FinalFate, Tally } from './tally.ts';

export interface FunctionsOptions {
  readonly settings: LocalSettings;
  readonly target: Target;
  readonly mappings: HotMappings;
  readonly telemetry: Telemetry;
  readonly onSettled?: (settled: readonly Settled[], mappingVersion: string) => void;
  readonly queue: QueueAndBucket;
  readonly metronomeUrl: string;
  readonly tally: Tally;
}

/** The deployed handlers, with the environment that the stack would give them, and counted as they go. */
export function createFunctions(options: FunctionsOptions): { readonly ingest: IngestHandler; readonly forward: ForwardHandler } {
  const { telemetry, tally } = options;
  const environment = environmentOf(options);
  return {
    ingest: createIngestHandler({ environment, telemetry, onStored: (ids) => tally.accept(ids) }),
    forward: createForwardHandler({
      environment,
      telemetry,
      loadMappings: () => options.mappings.current().compiled,
      onSettled: (settled, mappingVersion) => {
        tally.settle(settled.flatMap(finalFate));
        options.onSettled?.(settled, mappingVersion);
      },
    }),
  };
}

function environmentOf({ queue, metronomeUrl, settings, target }: FunctionsOptions): NodeJS.ProcessEnv {
  return {
    QUEUE_URL: queue.queueUrl,
    LEDGER_BUCKET: queue.bucket,
    SEGMENT_SECRET_ARN: SECRET_NAMES.segment,
    ENDPOINT_TOKEN_SECRET_ARN: SECRET_NAMES.endpointToken,
    METRONOME_TOKEN_SECRET_ARN: SECRET_NAMES.metronomeToken,
    METRONOME_BASE_URL: metronomeUrl,
    PREVIOUS_SECRET_HOURS: String(settings.previousSecretHours),
    ARCHIVE_DAYS: String(settings.archiveDays),
    RETRY_DELAYS_MINUTES: settings.retryDelaysMinutes.join(','),
    VISIBILITY_TIMEOUT_SECONDS: String(settings.visibilityTimeoutSeconds),
    // All invocations share this process, and so one pace; the sandbox takes whatever comes.
    ...(target.kind === 'metronome' ? { METRONOME_EVENTS_PER_SECOND: String(settings.metronomeEventsPerSecond), MAX_CONCURRENCY: '1' } : {}),
  };
}

function finalFate({ queued: { sqsMessageId, replay }, fate }: Settled): FinalFate[] {
  if (fate.kind === 'returned') return [];
  return [{ sqsMessageId, replayOf: replay?.of, fate: fate.kind, ...(fate.kind === 'quarantined' ? { reason: fate.reason } : {}) }];
}
