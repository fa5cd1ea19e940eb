import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, Metric, SingleValueWidget, Stats, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

import { bridgeMetrics } from './metrics.ts';
import type { BridgeMetrics } from './metrics.ts';
import type { Watched } from './watched.ts';

/** Columns of a CloudWatch dashboard. */
const FULL_WIDTH = 24;
const PEAK = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };

/** Whether the money is safe, at a glance, and below it where to look if it isn't. */
export class BridgeDashboard extends Construct {
  readonly url: string;

  /** @param scope the bridge whose metrics are shown */
  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const metrics = bridgeMetrics(scope);
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) });
    dashboard.addWidgets(...numbers(watched, metrics));
    dashboard.addWidgets(guide(Stack.of(this).stackName, watched));
    dashboard.addWidgets(...fates(metrics));
    dashboard.addWidgets(...deliveries(metrics));
    dashboard.addWidgets(...waiting(watched, metrics));
    dashboard.addWidgets(...credentials(metrics));
    dashboard.addWidgets(...functions(watched));
    dashboard.addWidgets(...costs(watched, metrics));
    this.url = `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/${dashboard.dashboardName}`;
  }
}

function numbers({ events, deadLetters }: Watched, metrics: BridgeMetrics): readonly SingleValueWidget[] {
  return [
    total('Accepted', metrics.ingest('Accepted')),
    total('Delivered', metrics.forward('Delivered')),
    latest('Waiting now', events.metricApproximateNumberOfMessagesVisible({ ...PEAK, label: 'to be fetched' }), events.metricApproximateNumberOfMessagesNotVisible({ ...PEAK, label: 'in hand or put off' })),
    total('Quarantined', metrics.forward('Quarantined')),
    latest('Dead letters now', deadLetters.metricApproximateNumberOfMessagesVisible(PEAK)),
    total('Delivery lag, seconds', ...lag(metrics, 50, 99)),
    latest('Oldest returned, seconds', metrics.forward('OldestReturnedAge', { statistic: Stats.MAXIMUM })),
    total('Token refused', metrics.forward('TokenRefused')),
  ];
}

function guide(stackName: string, { bridge }: Watched): TextWidget {
  const lines = [
    `**${stackName}: is the money safe?** Yes, if *Delivered* follows *Accepted* (less what is filtered), *Quarantined* and *Dead letters* are 0, and *Oldest returned* is empty.`,
    '**Waiting** events are safe for 12 days; Metronome closes an invoice 24 hours after its period by default. *Returned by cause* says why they wait.',
    `**Quarantined** events need a person: \`${bridge('quarantine list')}\`. **Dead letters** are deleted after 14 days: \`${bridge('deadletters list')}\`.`,
    `**To the event:** the first row adds up the time chosen above; \`${bridge('reconcile --day …')}\` compares event by event, \`trace\` follows one.`,
    '**What to do** for each alarm, rotation and pausing: `docs/operations.md`. What the webhook answers: `docs/answers.md`.',
  ];
  return new TextWidget({ markdown: lines.join('\n\n'), width: FULL_WIDTH, height: 5 });
}

function fates(metrics: BridgeMetrics): readonly GraphWidget[] {
  return [
    graph('Events accepted', [metrics.ingest('Accepted')]),
    graph('Fates', (['Delivered', 'Filtered', 'Quarantined', 'Returned'] as const).map((fate) => metrics.forward(fate))),
    graph('Quarantined by reason', [metrics.forwardBy('Quarantined', 'reason')]),
    graph('Returned by cause', [metrics.forwardBy('Returned', 'cause')]),
  ];
}

function deliveries(metrics: BridgeMetrics): readonly GraphWidget[] {
  return [
    graph("Metronome's answers", [metrics.forwardBy('MetronomeAnswers', 'answer')]),
    graph('Usage events by verdict', [metrics.forwardBy('UsageEvents', 'verdict')]),
    graph('Delivery lag, seconds', lag(metrics, 50, 90, 99)),
    graph('Usage events in a request', [metrics.forward('EventsPerRequest', { statistic: Stats.AVERAGE, label: 'average' }), metrics.forward('EventsPerRequest', { statistic: Stats.MAXIMUM, label: 'most' })]),
  ];
}

function waiting({ api, events, deadLetters }: Watched, metrics: BridgeMetrics): readonly GraphWidget[] {
  return [
    graph('Events in the queue', [
      events.metricApproximateNumberOfMessagesVisible({ ...PEAK, label: 'to be fetched' }),
      events.metricApproximateNumberOfMessagesNotVisible({ ...PEAK, label: 'in hand or put off' }),
    ]),
    graph('Oldest event, seconds', [
      metrics.forward('OldestReturnedAge', { statistic: Stats.MAXIMUM, label: 'oldest returned' }),
      events.metricApproximateAgeOfOldestMessage({ ...PEAK, label: 'oldest in the queue (SQS: not after the third receive)' }),
    ]),
    graph('Dead letters', [deadLetters.metricApproximateNumberOfMessagesVisible(PEAK)]),
    graph('Webhooks failed', [api.metricServerError({ label: '5xx: Segment tries again', statistic: Stats.SUM }), api.metricClientError({ label: '4xx: final, or throttled', statistic: Stats.SUM })]),
  ];
}

function credentials(metrics: BridgeMetrics): readonly GraphWidget[] {
  const refusals = ['CredentialMismatch', 'BatchWithoutToken', 'NoCredential', 'TooLarge'] as const;
  return [
    graph('Webhooks refused by cause', refusals.map((refusal) => metrics.ingest(refusal))),
    graph('Previous secret used: 0 when a rotation is over', [
      metrics.ingest('PreviousSecretUsed', { of: { secret: 'segment' }, label: 'shared secret' }),
      metrics.ingest('PreviousSecretUsed', { of: { secret: 'endpointToken' }, label: 'endpoint token' }),
    ]),
  ];
}

function functions({ ingest, forward }: Watched): readonly GraphWidget[] {
  const both = [
    { label: 'ingest', of: ingest },
    { label: 'forward', of: forward },
  ];
  return [
    graph('Function duration (p95)', both.map(({ label, of }) => of.metricDuration({ label, statistic: Stats.p(95) }))),
    graph('Function errors', both.map(({ label, of }) => of.metricErrors({ label }))),
    graph('Function throttles', both.map(({ label, of }) => of.metricThrottles({ label }))),
    graph('Functions at work', both.map(({ label, of }) => of.metric('ConcurrentExecutions', { label, statistic: Stats.MAXIMUM }))),
  ];
}

function costs({ api, ingest, forward }: Watched, metrics: BridgeMetrics): readonly GraphWidget[] {
  const logBytes = (logGroupName: string, label: string): Metric =>
    new Metric({ namespace: 'AWS/Logs', metricName: 'IncomingBytes', dimensionsMap: { LogGroupName: logGroupName }, statistic: Stats.SUM, label });
  return [
    graph('Cost driver: webhooks', [api.metricCount({ label: 'requests', statistic: Stats.SUM })]),
    graph('Cost driver: events in a webhook', [metrics.ingest('Accepted', { statistic: Stats.AVERAGE, label: 'average' })]),
    graph('Cost driver: runs and requests', [
      ingest.metricInvocations({ label: 'runs of ingest' }),
      forward.metricInvocations({ label: 'runs of forward' }),
      metrics.forward('EventsPerRequest', { statistic: Stats.SAMPLE_COUNT, label: 'requests to Metronome' }),
    ]),
    graph('Cost driver: log bytes', [logBytes(ingest.logGroup.logGroupName, 'ingest'), logBytes(forward.logGroup.logGroupName, 'forward')]),
  ];
}

function lag(metrics: BridgeMetrics, ...percentiles: readonly number[]): Metric[] {
  return percentiles.map((percentile) => metrics.forward('DeliveryLag', { statistic: Stats.p(percentile), label: `p${percentile}` }));
}

/** Over the whole time that the dashboard shows. */
function total(title: string, ...shown: IMetric[]): SingleValueWidget {
  return new SingleValueWidget({ title, metrics: shown, width: 3, height: 4, setPeriodToTimeRange: true });
}

function latest(title: string, ...shown: IMetric[]): SingleValueWidget {
  return new SingleValueWidget({ title, metrics: shown, width: 3, height: 4 });
}

function graph(title: string, left: readonly IMetric[]): GraphWidget {
  return new GraphWidget({ title, left: [...left], width: 6 });
}
