import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';

import { METRICS_NAMESPACE, STACK_DIMENSION } from '../../lambda/metric-names.ts';
import type { MetricName } from '../../lambda/metric-names.ts';
import { asOperatorError } from '../operator/aws-problem.ts';
import type { Accepted } from './accepted.ts';
import { hourOf } from './day.ts';
import type { Day } from './day.ts';

const ACCEPTED: MetricName = 'Accepted';
const HOUR_SECONDS = 60 * 60;

/**
 * What the bridge's ingest counted, by hour. CloudWatch shows it a minute or two late and keeps it for 15 months.
 * @throws OperatorError if CloudWatch can't be asked
 */
export async function cloudWatchAccepted({ from, to }: Day, metricsName: string, cloudWatch: Pick<CloudWatchClient, 'send' | 'destroy'> = new CloudWatchClient({})): Promise<Accepted> {
  const range = { StartTime: new Date(from), EndTime: new Date(to), Period: HOUR_SECONDS };
  const Dimensions = [
    { Name: 'service', Value: 'ingest' },
    { Name: STACK_DIMENSION, Value: metricsName },
  ];
  const metric = { Namespace: METRICS_NAMESPACE, MetricName: ACCEPTED, Dimensions };
  try {
    const { Datapoints = [] } = await cloudWatch.send(new GetMetricStatisticsCommand({ ...metric, ...range, Statistics: ['Sum'] }));
    const byHour = new Map(Datapoints.flatMap(({ Timestamp, Sum = 0 }) => (Timestamp === undefined ? [] : [[hourOf(Timestamp.toISOString()), Sum] as const])));
    return { total: [...byHour.values()].reduce((sum, value) => sum + value, 0), byHour };
  } catch (error) {
    throw asOperatorError(error, 'The CloudWatch metric Accepted');
  } finally {
    cloudWatch.destroy();
  }
}
