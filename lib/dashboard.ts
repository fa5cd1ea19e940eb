import { Aws, Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

import { bridgeMetric } from './metrics.ts';
import type { Watched } from './watched.ts';

/** What came in, what became of it, and what still waits, on one page. */
export class BridgeDashboard extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { api, ingest, forward, events, deadLetters }: Watched) {
    super(scope, id);
    const peak = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };
    const fates = (['Delivered', 'Filtered', 'Quarantined', 'Returned'] as const).map((fate) => bridgeMetric('forward', fate));
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) });
    dashboard.addWidgets(
      graph('Events accepted', [bridgeMetric('ingest', 'Accepted')]),
      graph('Fates', fates),
      graph('Webhooks failed', [api.metricServerError({ label: '5xx' }), api.metricClientError({ label: '4xx' })]),
    );
    dashboard.addWidgets(
      graph('Events in the queue', [
        events.metricApproximateNumberOfMessagesVisible({ ...peak, label: 'waiting' }),
        events.metricApproximateNumberOfMessagesNotVisible({ ...peak, label: 'in hand or backing off' }),
      ]),
      graph('Age of the oldest event, in seconds', [events.metricApproximateAgeOfOldestMessage(peak)]),
      graph('Dead letters', [deadLetters.metricApproximateNumberOfMessagesVisible(peak)]),
    );
    const functions = [
      { label: 'ingest', of: ingest },
      { label: 'forward', of: forward },
    ];
    dashboard.addWidgets(
      graph('Function duration (p95)', functions.map(({ label, of }) => of.metricDuration({ label, statistic: Stats.p(95) }))),
      graph('Function errors and throttles', functions.flatMap(({ label, of }) => [of.metricErrors({ label: `${label} errors` }), of.metricThrottles({ label: `${label} throttles` })])),
      graph('Functions at work', functions.map(({ label, of }) => of.metric('ConcurrentExecutions', { label, statistic: Stats.MAXIMUM }))),
    );
    this.url = `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/${dashboard.dashboardName}`;
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8 });
}
