import type { QueueSettings } from './queue-and-bucket.ts';

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
