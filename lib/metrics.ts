import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

import { METRICS_NAMESPACE, STACK_DIMENSION } from '../lambda/metric-names.ts';
import type { MeasureName, MetricName } from '../lambda/metric-names.ts';
import { apartFromOthers } from './own-stack.ts';

const FIVE_MINUTES = Duration.minutes(5);

export interface MetricOptions {
  /** Five minutes unless told otherwise. */
  readonly period?: Duration;
  readonly statistic?: string;
  readonly label?: string;
  /** One value of the metric's own dimension; without it the metric's total. */
  readonly of?: Readonly<Record<string, string>>;
}

/** The metrics of one bridge. */
export interface BridgeMetrics {
  /** A sum unless told otherwise. */
  ingest(metric: MetricName, options?: MetricOptions): Metric;
  forward(metric: MetricName | MeasureName, options?: MetricOptions): Metric;
  /** One line of a graph for each value of a dimension that occurs. */
  forwardBy(metric: MetricName, dimension: string): MathExpression;
}

/** What a bridge's metrics carry as {@link STACK_DIMENSION}: the stack's name, and for a bridge within another app's stack its address, too. */
export function stackDimension(bridge: Construct): string {
  const { stackName } = Stack.of(bridge);
  const apart = apartFromOthers(bridge);
  return apart === undefined ? stackName : `${stackName}-${apart}`;
}

export function bridgeMetrics(bridge: Construct): BridgeMetrics {
  const stack = stackDimension(bridge);
  const metricOf = (service: string, metricName: string, { period = FIVE_MINUTES, statistic = Stats.SUM, label, of = {} }: MetricOptions = {}): Metric =>
    new Metric({ namespace: METRICS_NAMESPACE, metricName, dimensionsMap: { service, [STACK_DIMENSION]: stack, ...of }, statistic, period, ...(label !== undefined && { label }) });
  return {
    ingest: (metric, options) => metricOf('ingest', metric, options),
    forward: (metric, options) => metricOf('forward', metric, options),
    forwardBy(metric, dimension) {
      const schema = [METRICS_NAMESPACE, dimension, 'service', STACK_DIMENSION].join(',');
      const expression = `SEARCH('{${schema}} MetricName="${metric}" ${STACK_DIMENSION}="${stack}"', 'Sum', ${FIVE_MINUTES.toSeconds()})`;
      // CloudWatch fills in the value of each line.
      return new MathExpression({ expression, label: `\${PROP('Dim.${dimension}')}`, period: FIVE_MINUTES });
    },
  };
}
