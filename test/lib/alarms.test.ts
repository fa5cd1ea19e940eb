import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';

import { oldestEventAlarmSeconds } from '../../lib/alarm-rules.ts';
import { idOf } from './helpers/resources.ts';
import { settingsWith, templateWith } from './helpers/stack.ts';

const template = templateWith();
const TOPIC = idOf(template, 'AWS::SNS::Topic');
const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map((alarm) => alarm['Properties']);
const nameOf = (type: string, part: string) => ({ Ref: idOf(template, type, part) });
const queueName = (part: string) => ({ 'Fn::GetAtt': [idOf(template, 'AWS::SQS::Queue', part), 'QueueName'] });

const AT_LEAST_ONE = { ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 1, Period: 300, TreatMissingData: 'notBreaching' };
const LAMBDA = 'AWS::Lambda::Function';

describe('Alarms', () => {
  it.each([
    ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', queueName('DeadLetters'), { ...AT_LEAST_ONE, EvaluationPeriods: 1, Statistic: 'Maximum' }],
    ['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', queueName('Events'), { ...AT_LEAST_ONE, Threshold: 905, EvaluationPeriods: 1, Statistic: 'Maximum' }],
    ['AWS/ApiGateway', '5xx', 'ApiId', nameOf('AWS::ApiGatewayV2::Api', ''), { ...AT_LEAST_ONE, EvaluationPeriods: 2, Statistic: 'Sum' }],
    ['AWS/Lambda', 'Errors', 'FunctionName', nameOf(LAMBDA, 'Ingest'), { ...AT_LEAST_ONE, EvaluationPeriods: 1, Statistic: 'Sum' }],
    ['AWS/Lambda', 'Throttles', 'FunctionName', nameOf(LAMBDA, 'Ingest'), { ...AT_LEAST_ONE, EvaluationPeriods: 1, Statistic: 'Sum' }],
    ['AWS/Lambda', 'Errors', 'FunctionName', nameOf(LAMBDA, 'Forward'), { ...AT_LEAST_ONE, EvaluationPeriods: 1, Statistic: 'Sum' }],
    ['AWS/Lambda', 'Throttles', 'FunctionName', nameOf(LAMBDA, 'Forward'), { ...AT_LEAST_ONE, EvaluationPeriods: 1, Statistic: 'Sum' }],
    ['SegmentMetronomeBridge', 'TooLarge', 'service', 'ingest', { ...AT_LEAST_ONE, EvaluationPeriods: 1, Statistic: 'Sum' }],
    ['SegmentMetronomeBridge', 'QuarantineFailed', 'service', 'forward', { ...AT_LEAST_ONE, EvaluationPeriods: 1, Statistic: 'Sum' }],
    ['SegmentMetronomeBridge', 'Quarantined', 'service', 'forward', { ...AT_LEAST_ONE, EvaluationPeriods: 1, Statistic: 'Sum' }],
    ['SegmentMetronomeBridge', 'ArchiveFailed', 'service', 'forward', { ...AT_LEAST_ONE, EvaluationPeriods: 1, Statistic: 'Sum' }],
    [
      'SegmentMetronomeBridge',
      'Accepted',
      'service',
      'ingest',
      { ComparisonOperator: 'LessThanThreshold', Threshold: 1, Period: 3600, EvaluationPeriods: 24, Statistic: 'Sum', TreatMissingData: 'breaching' },
    ],
  ])('watches %s %s by %s %j', (Namespace, MetricName, Name, Value, expected) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { Namespace, MetricName, Dimensions: [{ Name, Value }], ...expected });
  });

  it('are those twelve, each with a sentence to act on and somebody to tell', () => {
    expect(alarms).toHaveLength(12);
    for (const alarm of alarms) {
      expect(alarm.AlarmDescription).toMatch(/^[A-Z].{60,900}\.$/);
      expect(alarm.AlarmActions).toEqual([{ Ref: TOPIC }]);
    }
  });

  it('evaluate a day at most, which is as far as CloudWatch goes', () => {
    for (const { Period, EvaluationPeriods } of alarms) expect(Period * EvaluationPeriods).toBeLessThanOrEqual(24 * 60 * 60);
  });

  it('bear silence for as long as they are told', () => {
    templateWith({ silenceAlarmHours: '2' }).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Accepted', Period: 3600, EvaluationPeriods: 2 });
  });

  it('bear silence for ever when told so', () => {
    const silent = templateWith({ silenceAlarmHours: '0' });

    silent.resourceCountIs('AWS::CloudWatch::Alarm', 11);
    silent.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'Accepted' }, 0);
  });

  it('go to nobody by default, and to alarmEmail when it is set', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    templateWith({ alarmEmail: 'on-call@example.com' }).hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'on-call@example.com', TopicArn: { Ref: TOPIC } });
  });

  it('may be published, by the alarms of this account and over TLS', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Resource: { Ref: TOPIC },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });
});

describe('oldestEventAlarmSeconds', () => {
  it.each([
    [{}, 15 * 60 + 5],
    [{ retryDelaysMinutes: '2,5,60' }, 7 * 60 + 5],
    [{ retryDelaysMinutes: '3' }, 6 * 60 + 5],
    [{ retryDelaysMinutes: '60', batchWindowSeconds: '300' }, 20 * 60],
  ])('with %j is %i', (overrides, expected) => {
    expect(oldestEventAlarmSeconds(settingsWith(overrides))).toBe(expected);
  });
});

describe('BridgeDashboard', () => {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(dashboard?.['Properties'].DashboardBody);

  it.each(['Accepted', 'Delivered', 'Filtered', 'Quarantined', 'Returned', 'ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage', 'Duration', 'Errors'])(
    'shows %s',
    (metric) => {
      expect(body).toContain(metric);
    },
  );

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
