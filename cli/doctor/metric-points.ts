import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import type { Dimension, Statistic } from '@aws-sdk/client-cloudwatch';

import { METRICS_NAMESPACE, STACK_DIMENSION } from '../../lambda/metric-names.ts';
import type { MeasureName, MetricName } from '../../lambda/metric-names.ts';
import { ask } from './ask.ts';
import type { Account } from './bridge.ts';

/** A metric as CloudWatch names it. */
export interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: Dimension[];
}

/** What of a metric. */
export interface MetricRange {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly periodSeconds: number;
  readonly statistic: Extract<Statistic, 'Sum' | 'Maximum'>;
}

export interface MetricPoint {
  /** The period's start, epoch milliseconds. */
  readonly at: number;
  readonly value: number;
}

/** One that the functions of this bridge count. */
export async function bridgeMetric({ metricsName }: Account, service: 'ingest' | 'forward', name: MetricName | MeasureName): Promise<Metric> {
  const Dimensions = [{ Name: 'service', Value: service }, { Name: STACK_DIMENSION, Value: await metricsName() }];
  return { Namespace: METRICS_NAMESPACE, MetricName: name, Dimensions };
}

/**
 * A metric's periods that have data, the oldest first. CloudWatch shows them a minute or two late.
 * @throws Unanswered
 */
export async function metricPoints({ cloudWatch }: Account, metric: Metric, { from, to, periodSeconds, statistic }: MetricRange): Promise<readonly MetricPoint[]> {
  const command = new GetMetricStatisticsCommand({ ...metric, StartTime: new Date(from), EndTime: new Date(to), Period: periodSeconds, Statistics: [statistic] });
  const question = { what: `The CloudWatch metric ${metric.MetricName}`, permission: 'cloudwatch:GetMetricStatistics' };
  const { Datapoints = [] } = await ask(question, (options) => cloudWatch.send(command, options));
  return Datapoints.map((point) => ({ at: point.Timestamp?.getTime() ?? 0, value: point[statistic] ?? 0 })).toSorted((one, other) => one.at - other.at);
}
