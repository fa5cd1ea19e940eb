import { ACCESS_LOG_VALUES, LOG_LINE_OVERHEAD_BYTES } from './assumed.ts';
import type { CostInput } from './input.ts';
import { FORWARD_LOG, INGEST_LOG } from './measured.ts';
import type { StackParts } from './stack-parts.ts';
import type { Traffic } from './traffic.ts';

/** Stands for a field that {@link ACCESS_LOG_VALUES} doesn't know. */
const USUAL_VALUE = 'x'.repeat(20);
/** The further line that names how many were filtered is none: the metric stands in the first, with about so many bytes. */
const FILTERED_BYTES = 60;

/** What each log takes in a month, in bytes. The lines that say a function starts and ends are switched off. */
export interface LogBytes {
  readonly access: number;
  readonly ingest: number;
  readonly forward: number;
}

export function logBytes({ webhooks, runs }: Traffic, { filteredShare }: CostInput, { accessLogFormat }: StackParts): LogBytes {
  const { linesPerRun, linesPerEvent, bytesPerRun, bytesPerEvent } = FORWARD_LOG;
  const forwardLines = linesPerRun + linesPerEvent * runs.eventsPerRun;
  const filteredBytes = filteredShare > 0 ? FILTERED_BYTES : 0;
  return {
    access: webhooks * (accessLineBytes(accessLogFormat) + LOG_LINE_OVERHEAD_BYTES),
    ingest: webhooks * (INGEST_LOG.bytes + INGEST_LOG.lines * LOG_LINE_OVERHEAD_BYTES),
    forward: runs.perMonth * (bytesPerRun + filteredBytes + bytesPerEvent * runs.eventsPerRun + forwardLines * LOG_LINE_OVERHEAD_BYTES),
  };
}

/** A line of the access log, from its format. */
export function accessLineBytes(format: string): number {
  return Buffer.byteLength(format.replaceAll(/\$context\.[\w.]+/g, (field) => ACCESS_LOG_VALUES[field] ?? USUAL_VALUE));
}
