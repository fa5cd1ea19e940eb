import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';

import { METRICS_NAMESPACE } from '../lambda/metric-names.ts';
import type { MetricName } from '../lambda/metric-names.ts';
import type { BridgeFunctionProps } from './function.ts';

/** A metric the functions count, summed over five minutes unless told otherwise. */
export function bridgeMetric(service: BridgeFunctionProps['service'], metricName: MetricName, period: Duration = Duration.minutes(5)): Metric {
  return new Metric({ namespace: METRICS_NAMESPACE, metricName, dimensionsMap: { service }, statistic: Stats.SUM, period });
}
