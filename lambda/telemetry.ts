import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

import { MEASURE_UNITS, METRICS_NAMESPACE, STACK_DIMENSION } from './metric-names.ts';
import type { MeasureName, MetricName } from './metric-names.ts';

/** What a log line may carry: ids, counts, statuses, our own sentences. Never a body, never a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined | readonly string[]>> & ReservedByPowertools;

/** Powertools drops fields of these names: https://docs.aws.amazon.com/powertools/typescript/latest/features/logger/ */
type ReservedByPowertools = { readonly [name in 'message' | 'level' | 'timestamp' | 'service' | 'sampling_rate']?: never };

/** One name and one value of a closed set: each value makes one more custom metric on the bill. */
export type Dimension = Readonly<Record<string, string>>;

/** How the functions tell the outside what happened. Handed in, so that a test can read it. */
export interface Telemetry {
  /** Adds to a metric; what one invocation adds is written as one sum. */
  count(metric: MetricName, value?: number, dimension?: Dimension): void;
  /** Hands over single values, of which CloudWatch makes percentiles. */
  measure(metric: MeasureName, values: readonly number[]): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** Writes out the metrics gathered since the last flush; called at the end of an invocation. */
  flush(): void;
}

export interface TelemetryOptions {
  readonly service: string;
  /** The stack's name; undefined outside of a stack. */
  readonly stack: string | undefined;
}

interface Sums {
  readonly dimension: Dimension;
  readonly byMetric: Map<MetricName, number>;
}

/**
 * CloudWatch through Powertools: JSON log lines, and metrics in the embedded metric format: one line for all without a
 * dimension of their own, and one for each value of a dimension.
 */
export function createTelemetry({ service, stack }: TelemetryOptions): Telemetry {
  // Each opens a console on the process's streams: 5 % of the forward function's start, and a good batch logs nothing.
  const logger = once(() => new Logger({ serviceName: service }));
  const defaultDimensions: Record<string, string> = stack === undefined ? {} : { [STACK_DIMENSION]: stack };
  const metrics = once(() => new Metrics({ namespace: METRICS_NAMESPACE, serviceName: service, defaultDimensions }));
  const sums = new Map<string, Sums>();

  function publish(): void {
    // Publishing none would write a line of warning for each refused request.
    if (metrics().hasStoredMetrics()) metrics().publishStoredMetrics();
  }

  return {
    count(metric, value = 1, dimension = {}) {
      const key = Object.entries(dimension).flat().join('=');
      const group = sums.get(key) ?? { dimension, byMetric: new Map<MetricName, number>() };
      group.byMetric.set(metric, (group.byMetric.get(metric) ?? 0) + value);
      sums.set(key, group);
    },
    measure(metric, values) {
      // Powertools writes a line of its own for every hundred values, as many as the format takes.
      for (const value of values) metrics().addMetric(metric, MEASURE_UNITS[metric], value);
    },
    warn: (event, fields = {}) => logger().warn(event, fields),
    error: (event, fields = {}) => logger().error(event, fields),
    flush() {
      for (const [metric, value] of sums.get('')?.byMetric ?? []) metrics().addMetric(metric, MetricUnit.Count, value);
      sums.delete('');
      publish();
      for (const { dimension, byMetric } of sums.values()) {
        metrics().addDimensions({ ...dimension });
        for (const [metric, value] of byMetric) metrics().addMetric(metric, MetricUnit.Count, value);
        publish();
      }
      sums.clear();
    },
  };
}

/** Makes it when it is first asked for. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}
