import { describe, expect, it } from '@jest/globals';

import { stackParts } from '../../../cli/cost/stack-parts.ts';
import { alarmsIn } from '../../lib/helpers/evaluate-alarm.ts';
import { resourcesOf } from '../../lib/helpers/resources.ts';
import { templateWith } from '../../lib/helpers/stack.ts';
import { PARTS, settingsWith } from '../../../bench/cost/sheets.ts';

const DEFAULT = templateWith();
const CHANGED = { silenceAlarmHours: '0', previousSecretHours: '0', metronomeTokenSecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:own-AbCdEf' };

describe('stackParts', () => {
  it.each([
    ['by default', DEFAULT, PARTS],
    ['with fewer alarms and a secret brought along', templateWith(CHANGED), stackParts(settingsWith(CHANGED))],
  ])('counts what the template has, %s', (_, template, parts) => {
    const resources = Object.values(resourcesOf(template));
    const ofType = (type: string): number => resources.filter(({ Type }) => Type === type).length;
    const alarms = [...alarmsIn(template).values()];

    const { memoryMb, accessLogFormat, ...counts } = parts;

    expect(counts).toEqual({
      alarms: alarms.length,
      watchedMetrics: alarms.reduce((sum, { Metrics }) => sum + (Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1), 0),
      dashboards: ofType('AWS::CloudWatch::Dashboard'),
      secrets: ofType('AWS::SecretsManager::Secret'),
    });
    const functions = resources.filter(({ Type }) => Type === 'AWS::Lambda::Function').map(({ Properties }) => Properties);
    expect(functions.map(({ MemorySize }) => MemorySize).toSorted()).toEqual([memoryMb.ingest, memoryMb.forward].toSorted());
    expect(functions.map(({ Architectures }) => Architectures)).toEqual([['arm64'], ['arm64']]);
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { AccessLogSettings: { Format: accessLogFormat } });
  });

  it('finds nothing else that has a price of its own', () => {
    const types = new Set(Object.values(resourcesOf(DEFAULT)).map(({ Type }) => Type));

    expect([...types].filter((type) => /KMS|WAF|EC2|DynamoDB|Kinesis|StepFunctions|NatGateway/.test(type))).toEqual([]);
  });
});
