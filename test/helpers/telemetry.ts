import type { LogFields, Telemetry } from '../../lambda/telemetry.ts';

export interface TelemetryLine {
  readonly level: 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
}

export interface RecordingTelemetry extends Telemetry {
  /** What was counted, by metric; with a dimension keyed like `Quarantined{reason=too_large}`. */
  readonly counts: Map<string, number>;
  /** Every value handed over, by measure. */
  readonly measures: Map<string, number[]>;
  readonly lines: TelemetryLine[];
  /** How often the metrics were written out. */
  flushes: number;
}

/** A telemetry that keeps what it is told, so that a test can read it. */
export function recordingTelemetry(): RecordingTelemetry {
  const counts = new Map<string, number>();
  const measures = new Map<string, number[]>();
  const lines: TelemetryLine[] = [];
  return {
    counts,
    measures,
    lines,
    flushes: 0,
    count(metric, value = 1, dimension = {}) {
      const key = keyOf(metric, dimension);
      counts.set(key, (counts.get(key) ?? 0) + value);
    },
    measure: (measure, values) => void measures.set(measure, [...(measures.get(measure) ?? []), ...values]),
    warn: (event, fields = {}) => void lines.push({ level: 'warn', event, fields }),
    error: (event, fields = {}) => void lines.push({ level: 'error', event, fields }),
    flush() {
      this.flushes += 1;
    },
  };
}

function keyOf(metric: string, dimension: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(dimension).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? metric : `${metric}{${pairs.join(',')}}`;
}
