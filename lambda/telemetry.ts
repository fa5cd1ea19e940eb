import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

import { METRICS_NAMESPACE } from './metric-names.ts';
import type { MetricName } from './metric-names.ts';

/** What a log line may carry: ids, counts, statuses, our own sentences. Never a body, never a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined | readonly string[]>> & ReservedByPowertools;

/** Powertools drops fields of these names: https://docs.aws.amazon.com/powertools/typescript/latest/features/logger/ */
type ReservedByPowertools = { readonly [name in 'message' | 'level' | 'timestamp' | 'service' | 'sampling_rate']?: never };

/** How the functions tell the outside what happened. Handed in, so that a test can read it. */
export interface Telemetry {
  /** Adds to a metric. A `dimension` makes one more custom metric on the bill: keep to closed sets. */
  count(metric: MetricName, value?: number, dimension?: Readonly<Record<string, string>>): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** Writes out the metrics gathered since the last flush; called once at the end of an invocation. */
  flush(): void;
}

/** CloudWatch through Powertools: JSON log lines, and metrics in the embedded metric format. */
export function createTelemetry(serviceName: string): Telemetry {
  const logger = new Logger({ serviceName });
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName });
  return {
    count(metric, value = 1, dimension) {
      if (dimension === undefined) {
        metrics.addMetric(metric, MetricUnit.Count, value);
        return;
      }
      metrics.singleMetric().addDimensions(dimension).addMetric(metric, MetricUnit.Count, value);
    },
    warn: (event, fields = {}) => logger.warn(event, fields),
    error: (event, fields = {}) => logger.error(event, fields),
    flush: () => {
      // Publishing none would write a line of warning for each refused request.
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
