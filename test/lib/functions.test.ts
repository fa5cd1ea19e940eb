import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { idOf, resourcesOf } from './helpers/resources.ts';
import { templateWith } from './helpers/stack.ts';

const template = templateWith();
const FIXTURE = join(import.meta.dirname, 'fixtures/mappings.json');
const EVENTS = idOf(template, 'AWS::SQS::Queue', 'Events');
const secretOf = (part: string) => ({ Ref: idOf(template, 'AWS::SecretsManager::Secret', part) });

function functionOf(part: string, of = template) {
  return of.findResources('AWS::Lambda::Function')[idOf(of, 'AWS::Lambda::Function', part)]?.['Properties'];
}

describe('functions', () => {
  it.each([
    ['Ingest', 256, 9],
    ['Forward', 512, 60],
  ])('%s: Node 24 on arm64, %i MB, %i s, with a log and a role of its own', (part, memoryMb, timeoutSeconds) => {
    expect(functionOf(part)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: memoryMb,
      Timeout: timeoutSeconds,
      LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN', LogGroup: { Ref: idOf(template, 'AWS::Logs::LogGroup', part) } },
      Role: { 'Fn::GetAtt': [idOf(template, 'AWS::IAM::Role', part), 'Arn'] },
    });
  });

  it('keep every log for 30 days, the access log too', () => {
    template.resourceCountIs('AWS::Logs::LogGroup', 3);
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  it('tell ingest its queue and secrets', () => {
    expect(functionOf('Ingest').Environment.Variables).toEqual({
      QUEUE_URL: { Ref: EVENTS },
      SEGMENT_SECRET_ARN: secretOf('Segment'),
      ENDPOINT_TOKEN_SECRET_ARN: secretOf('EndpointToken'),
      PREVIOUS_SECRET_HOURS: '72',
      POWERTOOLS_SERVICE_NAME: 'ingest',
      POWERTOOLS_METRICS_NAMESPACE: 'SegmentMetronomeBridge',
      STACK_NAME: 'SegmentMetronomeBridge',
    });
  });

  it('tell forward its queue, its ledger, Metronome, and which mappings it was deployed with', () => {
    expect(functionOf('Forward').Environment.Variables).toEqual({
      QUEUE_URL: { Ref: EVENTS },
      METRONOME_TOKEN_SECRET_ARN: secretOf('MetronomeToken'),
      METRONOME_BASE_URL: 'https://api.metronome.com',
      METRONOME_EVENTS_PER_SECOND: '4750',
      MAX_CONCURRENCY: '5',
      LEDGER_BUCKET: { Ref: idOf(template, 'AWS::S3::Bucket') },
      ARCHIVE_DAYS: '35',
      RETRY_DELAYS_MINUTES: '6,12,24,48,60',
      VISIBILITY_TIMEOUT_SECONDS: '360',
      MAPPINGS_VERSION: createHash('sha256').update(readFileSync(FIXTURE)).digest('hex'),
      POWERTOOLS_SERVICE_NAME: 'forward',
      POWERTOOLS_METRICS_NAMESPACE: 'SegmentMetronomeBridge',
      STACK_NAME: 'SegmentMetronomeBridge',
    });
  });

  it('follow the settings', () => {
    const followed = templateWith({
      previousSecretHours: '0',
      metronomeBaseUrl: 'http://127.0.0.1:4701',
      metronomeEventsPerSecond: '20',
      maxConcurrency: '20',
      archiveDays: '0',
      retryDelaysMinutes: '0.5,60',
      maxReceiveCount: '1000',
    });

    expect(functionOf('Ingest', followed).Environment.Variables).toMatchObject({ PREVIOUS_SECRET_HOURS: '0' });
    expect(functionOf('Forward', followed).Environment.Variables).toMatchObject({
      METRONOME_BASE_URL: 'http://127.0.0.1:4701',
      METRONOME_EVENTS_PER_SECOND: '20',
      MAX_CONCURRENCY: '20',
      ARCHIVE_DAYS: '0',
      RETRY_DELAYS_MINUTES: '0.5,60',
    });
  });
});

describe('event source', () => {
  it('hands events over in batches, of which single ones can fail', () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
    expect(Object.values(resourcesOf(template)).find(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping')?.Properties).toEqual({
      EventSourceArn: { 'Fn::GetAtt': [EVENTS, 'Arn'] },
      FunctionName: { Ref: idOf(template, 'AWS::Lambda::Function', 'Forward') },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: 20,
      ScalingConfig: { MaximumConcurrency: 5 },
      Enabled: true,
    });
  });

  it('stands still when paused', () => {
    templateWith({ paused: 'true' }).hasResourceProperties('AWS::Lambda::EventSourceMapping', { Enabled: false });
  });

  it('follows the settings', () => {
    templateWith({ batchSize: '10', batchWindowSeconds: '0', maxConcurrency: '2' }).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });
});
