import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';

import { idOf } from '../lib/helpers/resources.ts';
import { PROJECT } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const EXAMPLE = join(PROJECT, 'examples', 'embed');
const folder = temporaryFolder();
let template: Template;

beforeAll(() => {
  const { app }: { app: string } = JSON.parse(readFileSync(join(EXAMPLE, 'cdk.json'), 'utf8'));
  const [program, ...words] = app.split(' ');
  // Bundling is left out: the functions are the stack's own, whose test bundles them.
  const environment = { PATH: process.env['PATH'], CDK_OUTDIR: folder.path, CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [] }) };

  const { status, stderr } = spawnSync(program === 'node' ? process.execPath : '', words, { cwd: EXAMPLE, env: environment, encoding: 'utf8' });

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  template = Template.fromJSON(JSON.parse(readFileSync(join(folder.path, 'Billing.template.json'), 'utf8')));
});

afterAll(() => folder.remove());

describe('examples/embed', () => {
  it('is a whole bridge in a stack of another name', () => {
    template.resourceCountIs('AWS::Lambda::Function', 2);
    template.resourceCountIs('AWS::SQS::Queue', 2);
    template.resourceCountIs('AWS::ApiGatewayV2::Api', 1);
  });

  it('brings its own secret along, and reads no more than that by name', () => {
    const resources = JSON.stringify(template.findResources('AWS::IAM::Role'));

    template.resourceCountIs('AWS::SecretsManager::Secret', 2);
    expect(resources).toContain(':secret:billing/metronome-token-??????');
  });

  it('adds an alarm, a subscription and a reader of its own', () => {
    const topic = { Ref: idOf(template, 'AWS::SNS::Topic') };

    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 100_000, AlarmActions: [topic] });
    template.hasResourceProperties('AWS::SNS::Subscription', { TopicArn: topic, Protocol: 'https', Endpoint: 'https://pager.example.com/sns' });
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain('s3:GetObject*');
  });

  it("has what the operator's tool finds a bridge by, and the tool's command in its alarms", () => {
    const names = ['WebhookUrl', 'SegmentSecretArn', 'EndpointTokenSecretArn', 'MetronomeTokenSecretArn', 'QueueUrl', 'DeadLetterQueueUrl', 'LedgerBucketName', 'DashboardUrl', 'MappingsVersion', 'ArchiveDays', 'MetricsName'];

    expect(Object.keys(template.findOutputs('*'))).toEqual(names);
    expect(JSON.stringify(template.findResources('AWS::CloudWatch::Alarm'))).toContain('npm run bridge -- deadletters list --stack Billing.');
  });

  it('says how to operate it, as it is', () => {
    const page = readFileSync(join(EXAMPLE, 'README.md'), 'utf8');
    const [, bridge = ''] = /`stack=Billing bridge=(\w+) prefix=''`/.exec(page) ?? [];

    expect(Object.keys(template.findResources('AWS::Logs::LogGroup')).filter((id) => id.startsWith(`${bridge}ForwardLogs`))).toHaveLength(1);
    expect(page.match(/run bridge -- .*?--stack Billing/g)?.length).toBeGreaterThan(3);
  });

  it('follows the props it gives', () => {
    const [bucket] = Object.values(template.findResources('AWS::S3::Bucket'));

    expect(JSON.stringify(bucket)).toMatch(/"ExpirationInDays":60,"Id":"archive".*"ExpirationInDays":180,"Id":"quarantine"/);
  });
});
