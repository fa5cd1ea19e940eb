import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';

import { ConfigError, SegmentMetronomeBridge } from '../../lib/bridge.ts';
import type { SegmentMetronomeBridgeProps } from '../../lib/bridge.ts';
import { DEFAULTS } from '../../lib/config.ts';
import { SETTING_KEYS } from '../../lib/settings-schema.ts';
import { PROJECT } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { acknowledgementsIn, covers, findingsIn } from './helpers/nag.ts';
import { idOf, resourcesOf } from './helpers/resources.ts';
import { testApp } from './helpers/synthesis.ts';
import { RULES } from './helpers/template-rules.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const mappings = join(PROJECT, 'test/lib/fixtures/mappings.json');

function embed(props: SegmentMetronomeBridgeProps = {}): { readonly stack: Stack; readonly bridge: SegmentMetronomeBridge } {
  const stack = new Stack(testApp(), 'Billing');
  return { stack, bridge: new SegmentMetronomeBridge(stack, 'Usage', { mappings, ...props }) };
}

function problemsOf(props: object): readonly string[] {
  try {
    embed(props);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('SegmentMetronomeBridge', () => {
  it('takes every setting but the name of its stack, and tells its default', () => {
    const source = readFileSync(join(PROJECT, 'lib/bridge-props.ts'), 'utf8');
    const told = [...source.matchAll(/@default (.+)\n {3}\*\/\n {2}readonly (\w+)\?:/g)].map(([, text, key]) => [key, text]);

    expect(told.map(([key]) => key)).toEqual(SETTING_KEYS.filter((key) => key !== 'stackName'));
    for (const [key, value] of Object.entries(DEFAULTS)) {
      if (value === undefined || key === 'stackName') continue;
      expect(told).toContainEqual([key, Array.isArray(value) ? `[${value.join(', ')}]` : String(value)]);
    }
  });

  it.each([
    [{ archiveDays: -1 }, ['archiveDays is -1; expected a whole number of days, or 0 for no archive']],
    [{ batchSize: Number.NaN, paused: 'yes' }, ['batchSize is NaN; expected a whole number of events from 1 to 10000', 'paused is "yes"; expected true or false']],
    [{ arhiveDays: 1 }, ['unknown prop "arhiveDays"; did you mean "archiveDays"?']],
    [{ domainName: 'bridge.example.com' }, ['domainName is "bridge.example.com", but certificateArn is not set; expected both or neither']],
    [{ metronomeTokenSecretArn: 'metronome' }, ['metronomeTokenSecretArn is "metronome"; expected the ARN of a Secrets Manager secret']],
  ])('refuses %j by the name of the prop', (props, problems) => {
    expect(problemsOf(props)).toEqual(problems);
  });

  it('refuses what could only be told from a file or on the command line', () => {
    expect(problemsOf({ mappings: 'no-such-file.json' })).toEqual([expect.stringContaining('no-such-file.json')]);
  });

  it('takes what is undefined as not given', () => {
    expect(problemsOf({ archiveDays: undefined, alarmEmail: undefined })).toEqual([]);
  });

  it('takes the ARN of a secret made in the same app, and names it in the policy', () => {
    const { stack } = embed();
    const second = new SegmentMetronomeBridge(stack, 'Second', { mappings, metronomeTokenSecretArn: new Secret(stack, 'Own').secretArn });
    const template = Template.fromStack(stack);
    const own = { Ref: idOf(template, 'AWS::SecretsManager::Secret', 'Own') };

    expect(stack.resolve(second.secrets.metronomeToken.secretArn)).toEqual(own);
    expect(template.findResources('AWS::IAM::Role')[idOf(template, 'AWS::IAM::Role', 'SecondForward')]).toMatchObject({
      Properties: { Policies: [{ PolicyDocument: { Statement: expect.arrayContaining([expect.objectContaining({ Action: 'secretsmanager:GetSecretValue', Resource: [{ 'Fn::Join': ['', [own, '-??????']] }, own] })]) } }] },
    });
  });

  it('stands twice in a stack, each with a queue of its own', () => {
    const { stack, bridge } = embed();
    const second = new SegmentMetronomeBridge(stack, 'Trial', { mappings, ephemeral: true });
    const resources = Object.values(resourcesOf(Template.fromStack(stack)));
    const names = resources.filter(({ Type }) => Type === 'AWS::SQS::Queue').flatMap(({ Properties }) => (Properties['QueueName'] === undefined ? [] : [JSON.stringify(Properties['QueueName'])]));

    expect(new Set(names).size).toBe(2);
    expect(resources.filter(({ Type }) => Type === 'AWS::Lambda::Function')).toHaveLength(4);
    expect(stack.resolve(second.webhookUrl)).not.toEqual(stack.resolve(bridge.webhookUrl));
  });

  it("tells the operator's tool what it is, under the prefix it is given, and has the prefix in the commands of its alarms and dashboard", () => {
    const { stack, bridge } = embed();
    const second = new SegmentMetronomeBridge(stack, 'Trial', { mappings, ephemeral: true });
    bridge.addOutputs();
    second.addOutputs('Trial');
    const template = Template.fromStack(stack);
    const outputs = Object.keys(template.findOutputs('*'));
    const firstNames = outputs.filter((name) => !name.startsWith('Trial'));
    const commandsOf = (type: string, part: string): readonly string[] => JSON.stringify(Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(part))).match(/npm run bridge -- deadletters list[^.`]*/g) ?? [];

    expect(firstNames).toContain('LedgerBucketName');
    expect(outputs).toEqual([...firstNames, ...firstNames.map((name) => `Trial${name}`)]);
    expect(template.findOutputs('TrialQueueUrl')['TrialQueueUrl']?.['Value']).toEqual(stack.resolve(second.events.queueUrl));
    for (const type of ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard']) {
      expect(new Set(commandsOf(type, 'Usage'))).toEqual(new Set(['npm run bridge -- deadletters list --stack Billing']));
      expect(new Set(commandsOf(type, 'Trial'))).toEqual(new Set(['npm run bridge -- deadletters list --stack Billing --prefix Trial']));
    }
  });

  it.each([
    ['a prefix that no output can have', 'trial-', 'the prefix is "trial-"; expected letters and digits alone'],
    ['outputs that are there already', '', 'the stack Billing has WebhookUrl already; give addOutputs another prefix'],
  ])('refuses %s', (_, prefix, problem) => {
    const { stack, bridge } = embed();
    new CfnOutput(stack, 'WebhookUrl', { value: 'of the app itself' }).overrideLogicalId('WebhookUrl');

    expect(() => bridge.addOutputs(prefix)).toThrow(ConfigError);
    expect(() => bridge.addOutputs(prefix)).toThrow(problem);
  });

  it('brings its acknowledgements along into any app that runs cdk-nag', () => {
    const { stack } = embed();
    const acknowledgements = acknowledgementsIn(stack);

    expect(findingsIn(stack).filter((finding) => !acknowledgements.some((one) => covers(one, finding)))).toEqual([]);
  });

  it("keeps every rule in an app that has set none of CDK's feature flags", () => {
    const stack = new Stack(new App({ outdir: folder.path, context: { 'aws:cdk:bundling-stacks': [] } }), 'Old');
    const bridge = new SegmentMetronomeBridge(stack, 'Usage', { mappings });
    const acknowledgements = acknowledgementsIn(bridge);
    const template = Template.fromStack(stack);

    expect(findingsIn(stack).filter((finding) => !acknowledgements.some((one) => covers(one, finding)))).toEqual([]);
    expect(Object.values(RULES).flatMap((rule) => rule(template))).toEqual([]);
  });

  it('shows its parts, for grants and alarms of the app around it', () => {
    const { stack, bridge } = embed({ segmentSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:segment-AbC123' });

    expect(stack.resolve(bridge.secrets.segment.secretArn)).toBe('arn:aws:secretsmanager:eu-central-1:111122223333:secret:segment-AbC123');
    for (const part of [bridge.events.queueArn, bridge.deadLetters.queueArn, bridge.ledger.bucketArn, bridge.ingest.functionArn, bridge.forward.functionArn]) {
      expect(stack.resolve(part)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Usage/), 'Arn'] });
    }
    expect(stack.resolve(bridge.alarmTopic.topicArn)).toEqual({ Ref: expect.stringMatching(/^Usage/) });
  });
});
