import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';

import { oldestEventAlarmSeconds } from '../../lib/alarm-rules/waiting.ts';
import { alarmsIn, stateOf } from './helpers/evaluate-alarm.ts';
import type { AlarmProperties, AlarmState, Samples } from './helpers/evaluate-alarm.ts';
import { idOf } from './helpers/resources.ts';
import { settingsWith, templateWith } from './helpers/stack.ts';

type Given = Readonly<Record<string, Samples>>;

const template = templateWith();
const TOPIC = idOf(template, 'AWS::SNS::Topic');
const ALARMS = alarmsIn(template);
const IDS = [...ALARMS.keys()];

function alarmOf(id: string, alarms = ALARMS): AlarmProperties {
  const alarm = alarms.get(id);
  if (alarm === undefined) throw new TypeError(`there is no alarm ${id}, only ${[...alarms.keys()].join(', ')}`);
  return alarm;
}

/** The value every so many minutes, over a time that ends so long ago. */
function every(stepMinutes: number, value: number, fromMinutesAgo: number, toMinutesAgo = 0): Samples {
  const count = Math.floor((fromMinutesAgo - toMinutesAgo) / stepMinutes) + 1;
  return Array.from({ length: count }, (_, index) => [fromMinutesAgo - index * stepMinutes, value] as const);
}

const HOUR = 60;
const DAY = 24 * HOUR;
const at = (minutesAgo: number, value = 1): Samples => [[minutesAgo, value]];
const VISIBLE = 'ApproximateNumberOfMessagesVisible';
const AGE = 'ApproximateAgeOfOldestMessage';
const OLD_SECRET = 'PreviousSecretUsed{secret=segment}';
const OLD_TOKEN = 'PreviousSecretUsed{secret=endpointToken}';

describe('Alarms', () => {
  it.each<[string, string, AlarmState, Given]>([
    ['DeadLetters', 'one letter', 'ALARM', { [VISIBLE]: at(2) }],
    ['DeadLetters', 'none', 'OK', { [VISIBLE]: every(1, 0, HOUR) }],
    ['DeadLetters', 'a queue that nobody touches, of which SQS says nothing', 'OK', {}],
    ['OldestReturned', 'an event that came back after an hour', 'ALARM', { OldestReturnedAge: [[3, 3_600]] }],
    ['OldestReturned', 'one that came back just before', 'OK', { OldestReturnedAge: [[3, 3_599]] }],
    ['OldestReturned', 'the same, put off for another hour since', 'ALARM', { OldestReturnedAge: [[74, 3_660]] }],
    ['OldestReturned', 'the same among young ones that come back meanwhile', 'ALARM', { OldestReturnedAge: [[70, 3_660], ...every(5, 30, 65)] }],
    ['OldestReturned', 'one that has not come back for two hours, so it is delivered', 'OK', { OldestReturnedAge: [[120, 3_660]] }],
    ['OldestReturned', 'an outage of half an hour', 'OK', { OldestReturnedAge: [[30, 10], [24, 400], [10, 1_200]] }],
    ['OldestReturned', 'nothing returned', 'OK', {}],
    ['OldestEvent', 'an event that nobody fetches', 'ALARM', { [AGE]: [[1, 920]] }],
    ['OldestEvent', 'one that waits for its second try', 'OK', { [AGE]: every(1, 400, 30) }],
    ['OldestEvent', 'an empty queue', 'OK', {}],
    ['NothingDelivered', 'Metronome down for 15 minutes', 'ALARM', { Returned: every(1, 100, 40), Delivered: [...every(1, 100, 40, 16), ...every(1, 0, 15)] }],
    ['NothingDelivered', 'Metronome down for 10 minutes', 'OK', { Returned: every(1, 100, 10), Delivered: [...every(1, 100, 40, 11), ...every(1, 0, 10)] }],
    ['NothingDelivered', 'many returned, one delivered', 'OK', { Returned: every(1, 100, HOUR), Delivered: [...every(1, 0, HOUR), [7, 1]] }],
    ['NothingDelivered', 'only filtered', 'OK', { Returned: every(1, 0, HOUR), Delivered: every(1, 0, HOUR) }],
    ['NothingDelivered', 'a quiet night', 'OK', {}],
    ['NothingBilled', 'a trigger that matches nothing for two hours', 'ALARM', { Accepted: every(10, 5, 119), Delivered: every(10, 0, 119) }],
    ['NothingBilled', 'a forward that stands still for two hours', 'ALARM', { Accepted: every(10, 5, 3 * HOUR) }],
    ['NothingBilled', 'the same for an hour', 'OK', { Accepted: every(10, 5, DAY), Delivered: every(10, 5, DAY, 65) }],
    ['NothingBilled', 'one delivered in two hours', 'OK', { Accepted: every(10, 500, DAY), Delivered: [...every(10, 0, DAY), ...every(2 * HOUR, 1, DAY)] }],
    ['NothingBilled', 'nothing accepted', 'OK', { Delivered: every(10, 0, DAY) }],
    ['NothingBilled', 'a bridge without events', 'OK', {}],
    ['TokenRefused', 'a token that was revoked', 'ALARM', { 'Returned{cause=token_refused}': at(1, 300) }],
    ['TokenRefused', 'the same, all events put off for an hour', 'ALARM', { 'Returned{cause=token_refused}': at(74, 300) }],
    ['TokenRefused', 'a rotation: one refusal, and the new token is used', 'OK', { TokenRefused: at(1), Returned: at(1, 0) }],
    ['TokenRefused', 'mended two hours ago', 'OK', { 'Returned{cause=token_refused}': at(120, 300) }],
    ['TokenNotSet', 'events before the token', 'ALARM', { 'Returned{cause=token_not_set}': at(30, 3) }],
    ['TokenNotSet', 'returned for another cause', 'OK', { Returned: at(3, 3), 'Returned{cause=deadline}': at(3, 3) }],
    ['Quarantined', 'one event, whatever the reason', 'ALARM', { Quarantined: at(4) }],
    ['Quarantined', 'none', 'OK', {}],
    ['Quarantined', 'one an hour ago', 'OK', { Quarantined: at(60) }],
    ['QuarantineFailed', 'a bucket that refuses', 'ALARM', { QuarantineFailed: at(70, 2) }],
    ['QuarantineFailed', 'a bucket that takes them again', 'OK', { QuarantineFailed: at(130, 2) }],
    ['ArchiveFailed', 'a bucket that refuses', 'ALARM', { ArchiveFailed: at(4, 200) }],
    ['ArchiveFailed', 'none', 'OK', {}],
    ['Unaccounted', 'an event without a fate', 'ALARM', { Unaccounted: at(4) }],
    ['Unaccounted', 'none', 'OK', {}],
    ['RoundedId', 'one this morning', 'ALARM', { RoundedId: at(10 * HOUR) }],
    ['RoundedId', 'none since the day before', 'OK', { RoundedId: at(2 * DAY) }],
    ['CredentialMismatch', 'a webhook answered 503', 'ALARM', { CredentialMismatch: at(2) }],
    ['CredentialMismatch', 'none', 'OK', {}],
    ['BatchWithoutToken', 'a batch answered 503', 'ALARM', { BatchWithoutToken: at(2) }],
    ['BatchWithoutToken', 'none', 'OK', {}],
    ['NoCredential', 'a webhook answered 401', 'ALARM', { NoCredential: at(2) }],
    ['NoCredential', 'none', 'OK', {}],
    ['TooLarge', 'a webhook answered 413', 'ALARM', { TooLarge: at(2) }],
    ['TooLarge', 'none', 'OK', {}],
    ['StoreFailed', 'an event that is not stored', 'ALARM', { StoreFailed: at(2) }],
    ['StoreFailed', 'none', 'OK', {}],
    ['SecretUnreadable', 'a secret that can not be read', 'ALARM', { SecretUnreadable: at(2) }],
    ['SecretUnreadable', 'none', 'OK', {}],
    ['WebhooksFailed', '5xx for ten minutes', 'ALARM', { '5xx': every(1, 3, 9) }],
    ['WebhooksFailed', 'a blip', 'OK', { '5xx': [...every(1, 0, HOUR), [2, 3]] }],
    ['WebhooksFailed', 'no webhooks', 'OK', {}],
    ['WebhooksThrottled', 'more webhooks than the API takes, for a quarter of an hour', 'ALARM', { '4xx': every(1, 40, 14) }],
    ['WebhooksThrottled', 'the same beside refusals of ingest', 'ALARM', { '4xx': every(1, 80, 14), NoCredential: every(1, 30, 14), TooLarge: every(1, 9, 14) }],
    ['WebhooksThrottled', 'a stranger who tries other paths', 'OK', { '4xx': every(1, 15, HOUR) }],
    ['WebhooksThrottled', 'a burst', 'OK', { '4xx': every(1, 40, 8) }],
    ['WebhooksThrottled', 'refusals of ingest alone, which have alarms of their own', 'OK', { '4xx': every(1, 40, HOUR), NoCredential: every(1, 31, HOUR), TooLarge: every(1, 9, HOUR) }],
    ['WebhooksThrottled', 'good webhooks', 'OK', { '4xx': every(1, 0, HOUR) }],
    ['WebhooksThrottled', 'no webhooks', 'OK', {}],
    ['PreviousSegmentSecret', 'still used after a day', 'ALARM', { [OLD_SECRET]: every(10, 1, 26 * HOUR) }],
    ['PreviousSegmentSecret', 'the same in office hours', 'ALARM', { [OLD_SECRET]: [...every(10, 1, 23 * HOUR, 17 * HOUR), ...every(10, 1, 2 * HOUR), ...every(10, 1, 25 * HOUR, 24 * HOUR)] }],
    ['PreviousSegmentSecret', 'used for the hours that a rotation takes', 'OK', { [OLD_SECRET]: every(10, 1, 16 * HOUR, 11 * HOUR) }],
    ['PreviousSegmentSecret', 'used until three days ago', 'OK', { [OLD_SECRET]: every(10, 1, 8 * DAY, 4 * DAY) }],
    ['PreviousSegmentSecret', 'only the other one used', 'OK', { [OLD_TOKEN]: every(10, 1, 2 * DAY) }],
    ['PreviousEndpointToken', 'still used after a day', 'ALARM', { [OLD_TOKEN]: every(10, 1, 26 * HOUR) }],
    ['PreviousEndpointToken', 'never used', 'OK', {}],
    ['Silence', 'nothing for a day', 'ALARM', { Accepted: at(30 * HOUR, 500) }],
    ['Silence', 'nothing ever', 'ALARM', {}],
    ['Silence', 'one event in a day', 'OK', { Accepted: at(23 * HOUR) }],
    ['IngestErrors', 'a crash', 'ALARM', { Errors: [...every(1, 0, HOUR), [2, 1]] }],
    ['IngestErrors', 'none', 'OK', { Errors: every(1, 0, HOUR) }],
    ['IngestErrors', 'no webhooks', 'OK', {}],
    ['IngestThrottles', 'a throttled run', 'ALARM', { Throttles: at(2) }],
    ['IngestThrottles', 'none', 'OK', { Throttles: every(1, 0, HOUR) }],
    ['ForwardErrors', 'a crash', 'ALARM', { Errors: at(2) }],
    ['ForwardErrors', 'none', 'OK', { Errors: every(1, 0, HOUR) }],
    ['ForwardThrottles', 'a throttled run', 'ALARM', { Throttles: at(2) }],
    ['ForwardThrottles', 'none', 'OK', { Throttles: every(1, 0, HOUR) }],
  ])('%s: %s: %s', (id, _, expected, given) => {
    expect(stateOf(alarmOf(id), given)).toBe(expected);
    tried.add(`${id} ${expected}`);
  });

  const tried = new Set<string>();

  it('are each tried both ways above', () => {
    expect(IDS.flatMap((id) => [`${id} ALARM`, `${id} OK`]).filter((one) => !tried.has(one))).toEqual([]);
  });

  it('keeps saying that nothing is delivered while all events are put off, and stops at the first delivery', () => {
    const alarm = alarmOf('NothingDelivered');
    const putOff = { Returned: at(50, 10), Delivered: at(50, 0) };

    expect(stateOf(alarm, putOff, 'ALARM')).toBe('ALARM');
    expect(stateOf(alarm, { Returned: [...putOff.Returned, [1, 0]], Delivered: [...putOff.Delivered, [1, 10]] }, 'ALARM')).toBe('OK');
  });

  it('bears longer delays as long', () => {
    const patient = alarmOf('OldestReturned', alarmsIn(templateWith({ retryDelaysMinutes: '60,540' })));

    expect(stateOf(patient, { OldestReturnedAge: [[11 * HOUR, 40_000]] })).toBe('ALARM');
    expect(stateOf(patient, { OldestReturnedAge: [[13 * HOUR, 40_000]] })).toBe('OK');
  });

  it.each(IDS)('%s is told in a sentence to act on, to somebody, and so is its end', (id) => {
    const { AlarmDescription, AlarmActions, OKActions } = alarmOf(id);

    expect(AlarmDescription).toMatch(/^[A-Z].{100,}\.$/);
    expect(AlarmDescription).toMatch(new RegExp(` More: docs/operations\\.md, ${id}\\.$`));
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
    expect(AlarmDescription.length).toBeLessThanOrEqual(1_024);
    expect(AlarmActions).toEqual([{ Ref: TOPIC }]);
    expect(OKActions).toEqual([{ Ref: TOPIC }]);
  });

  it('name the stack in their commands', () => {
    expect(alarmOf('DeadLetters').AlarmDescription).toContain('npm run bridge -- deadletters list --stack SegmentMetronomeBridge');
    expect(alarmOf('DeadLetters', alarmsIn(templateWith({ stackName: 'Sandbox' }))).AlarmDescription).toContain('deadletters list --stack Sandbox');
  });

  it('tell a forward that crashes from one that may not run', () => {
    expect(alarmOf('ForwardErrors').AlarmDescription).toContain('the one that kills it ends in the dead letters');
    expect(alarmOf('ForwardThrottles').AlarmDescription).not.toContain('kills');
    expect(alarmOf('ForwardThrottles').AlarmDescription).toContain('after maxReceiveCount (300) of them they end in the dead letters');
  });

  it.each([
    [{}, 'safe for 11 days'],
    [{ retryDelaysMinutes: '10', maxReceiveCount: '60', ephemeral: 'true' }, 'safe for 6 hours'],
  ])('with %j promise no more than the retries hold: %s', (overrides, promise) => {
    expect(alarmOf('ArchiveFailed', alarmsIn(templateWith(overrides))).AlarmDescription).toContain(promise);
  });

  it('stay within what CloudWatch evaluates: a day, and a week in periods of an hour and more', () => {
    const slowest = alarmsIn(templateWith({ retryDelaysMinutes: '540', silenceAlarmHours: '24' }));
    for (const { Period, Metrics = [], EvaluationPeriods } of slowest.values()) {
      const period = Period ?? Math.max(...Metrics.map(({ MetricStat }) => MetricStat?.Period ?? 0));
      expect(period * EvaluationPeriods).toBeLessThanOrEqual((period >= 3_600 ? 7 : 1) * 24 * 60 * 60);
    }
  });

  it('watch their own stack alone', () => {
    const simple = [...ALARMS.values()].filter(({ Namespace }) => Namespace === 'SegmentMetronomeBridge').map(({ Dimensions = [] }) => Dimensions);
    const inExpressions = [...ALARMS.values()].flatMap(({ Metrics = [] }) => Metrics.flatMap(({ MetricStat }) => (MetricStat?.Metric.Namespace === 'SegmentMetronomeBridge' ? [MetricStat.Metric.Dimensions ?? []] : [])));
    const ofBridge = [...simple, ...inExpressions];

    expect(ofBridge.length).toBeGreaterThan(15);
    for (const dimensions of ofBridge) {
      expect(dimensions).toContainEqual({ Name: 'stack', Value: 'SegmentMetronomeBridge' });
      expect(dimensions).toContainEqual({ Name: 'service', Value: expect.stringMatching(/^(ingest|forward)$/) });
    }
  });

  it.each([
    ['DeadLetters', 'QueueName', 'AWS::SQS::Queue', 'DeadLetters'],
    ['OldestEvent', 'QueueName', 'AWS::SQS::Queue', 'Events'],
    ['IngestErrors', 'FunctionName', 'AWS::Lambda::Function', 'Ingest'],
    ['IngestThrottles', 'FunctionName', 'AWS::Lambda::Function', 'Ingest'],
    ['ForwardErrors', 'FunctionName', 'AWS::Lambda::Function', 'Forward'],
    ['ForwardThrottles', 'FunctionName', 'AWS::Lambda::Function', 'Forward'],
    ['WebhooksFailed', 'ApiId', 'AWS::ApiGatewayV2::Api', ''],
  ])('%s watches the %s of the right %s %s', (id, Name, type, part) => {
    const logicalId = idOf(template, type, part);

    const Value = type === 'AWS::SQS::Queue' ? { 'Fn::GetAtt': [logicalId, 'QueueName'] } : { Ref: logicalId };
    expect(alarmOf(id).Dimensions).toEqual([{ Name, Value }]);
  });

  it('bear silence for as long as they are told', () => {
    const impatient = alarmOf('Silence', alarmsIn(templateWith({ silenceAlarmHours: '2' })));

    expect(stateOf(impatient, { Accepted: at(5 * HOUR) })).toBe('ALARM');
    expect(stateOf(impatient, { Accepted: at(90) })).toBe('OK');
  });

  it('bear it for as long as they are told that nothing is billed', () => {
    const patient = alarmOf('NothingBilled', alarmsIn(templateWith({ nothingBilledAlarmHours: '6' })));

    expect(stateOf(patient, { Accepted: every(10, 5, 4 * HOUR) })).toBe('OK');
    expect(stateOf(patient, { Accepted: every(10, 5, 7 * HOUR) })).toBe('ALARM');
  });

  it('leave out what the settings rule out', () => {
    const without = alarmsIn(templateWith({ silenceAlarmHours: '0', nothingBilledAlarmHours: '0', previousSecretHours: '0' }));

    expect(new Set(IDS.filter((id) => !without.has(id)))).toEqual(new Set(['NothingBilled', 'PreviousSegmentSecret', 'PreviousEndpointToken', 'Silence']));
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
    [{}, 15 * 60 + 20],
    [{ retryDelaysMinutes: '2,5,60' }, 7 * 60 + 20],
    [{ retryDelaysMinutes: '3' }, 6 * 60 + 20],
    [{ retryDelaysMinutes: '60', batchWindowSeconds: '300' }, 20 * 60],
  ])('with %j is %i', (overrides, expected) => {
    expect(oldestEventAlarmSeconds(settingsWith(overrides))).toBe(expected);
  });
});
