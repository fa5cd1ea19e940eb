import { describe, expect, it } from '@jest/globals';

import { idOf } from './helpers/resources.ts';
import { templateWith } from './helpers/stack.ts';

const template = templateWith();
const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));

interface Widget {
  readonly type: string;
  readonly width: number;
  readonly y: number;
  readonly properties: { readonly title?: string; readonly markdown?: string; readonly view?: string; readonly metrics?: readonly unknown[]; readonly setPeriodToTimeRange?: boolean };
}

/** The body is joined of text and of names that are known only at deploy time. */
const parts: readonly unknown[] = dashboard?.['Properties'].DashboardBody['Fn::Join'][1];
const body: { readonly widgets: readonly Widget[] } = JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'NAME')).join(''));
const rows = Map.groupBy(body.widgets, ({ y }) => y);

function shownIn(title: string): string {
  return JSON.stringify(body.widgets.filter(({ properties }) => properties.title === title).map(({ properties }) => properties.metrics));
}

describe('BridgeDashboard', () => {
  it('begins with the numbers that say whether the money is safe', () => {
    const first = rows.get(0) ?? [];

    expect(first.map(({ properties }) => properties.title)).toEqual([
      'Accepted',
      'Delivered',
      'Waiting now',
      'Quarantined',
      'Dead letters now',
      'Delivery lag, seconds',
      'Oldest returned, seconds',
      'Token refused',
    ]);
    expect(new Set(first.map(({ properties }) => properties.view))).toEqual(new Set(['singleValue']));
    expect(first.filter(({ properties }) => properties.setPeriodToTimeRange !== true).map(({ properties }) => properties.title)).toEqual(['Waiting now', 'Dead letters now', 'Oldest returned, seconds']);
  });

  it('says in five lines how to read it, and where more is said', () => {
    const texts = body.widgets.filter(({ type }) => type === 'text');

    expect(texts).toHaveLength(1);
    const lines = texts[0]?.properties.markdown?.split('\n\n') ?? [];
    expect(lines).toHaveLength(5);
    expect(lines.join()).toContain('docs/operations.md');
  });

  it.each([
    ['Fates', ['Delivered', 'Filtered', 'Quarantined', 'Returned']],
    ['Quarantined by reason', ['{SegmentMetronomeBridge,reason,service,stack}', String.raw`stack=\"SegmentMetronomeBridge\"`, "${PROP('Dim.reason')}"]],
    ['Returned by cause', ['{SegmentMetronomeBridge,cause,service,stack}']],
    ["Metronome's answers", ['{SegmentMetronomeBridge,answer,service,stack}']],
    ['Usage events by verdict', ['{SegmentMetronomeBridge,verdict,service,stack}']],
    ['Delivery lag, seconds', ['p50', 'p90', 'p99']],
    ['Usage events in a request', ['EventsPerRequest']],
    ['Events in the queue', ['ApproximateNumberOfMessagesVisible', 'ApproximateNumberOfMessagesNotVisible']],
    ['Oldest event, seconds', ['OldestReturnedAge', 'ApproximateAgeOfOldestMessage']],
    ['Webhooks refused by cause', ['CredentialMismatch', 'BatchWithoutToken', 'NoCredential', 'TooLarge']],
    ['Previous secret used: 0 when a rotation is over', ['PreviousSecretUsed', 'segment', 'endpointToken']],
    ['Function duration (p95)', ['Duration']],
    ['Function errors', ['Errors']],
    ['Function throttles', ['Throttles']],
    ['Cost driver: runs and requests', ['Invocations', 'SampleCount']],
    ['Cost driver: log bytes', ['IncomingBytes']],
  ])('shows %s', (title, metrics) => {
    for (const metric of metrics) expect(shownIn(title)).toContain(metric);
  });

  it('fits on 24 columns', () => {
    for (const row of rows.values()) expect(row.reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(24);
  });

  it('shows the metrics of its own stack alone', () => {
    const other = JSON.stringify(Object.values(templateWith({ stackName: 'Sandbox' }).findResources('AWS::CloudWatch::Dashboard')));

    expect(other).toContain('Sandbox');
    expect(other.replaceAll('{SegmentMetronomeBridge,', '').match(/stack[^,]{1,8}SegmentMetronomeBridge/)).toBeNull();
  });

  it('is found through the outputs', () => {
    const { DashboardUrl } = template.findOutputs('DashboardUrl');

    expect(DashboardUrl?.['Value']).toEqual({
      'Fn::Join': [
        '',
        [
          'https://',
          { Ref: 'AWS::Region' },
          '.console.aws.amazon.com/cloudwatch/home?region=',
          { Ref: 'AWS::Region' },
          '#dashboards/dashboard/',
          { Ref: idOf(template, 'AWS::CloudWatch::Dashboard') },
        ],
      ],
    });
  });
});
