import { describe, expect, it } from '@jest/globals';

import { ConfigError } from '../../lib/config.ts';
import { idOf, resourcesOf } from './helpers/resources.ts';
import { templateWith, warningsWith } from './helpers/stack.ts';

const template = templateWith();
const ASSET_HASH = /[0-9a-f]{64}(?=\.zip)/g;

describe('BridgeStack', () => {
  it('changes only on purpose', () => {
    const withoutHashes: unknown = JSON.parse(JSON.stringify(template.toJSON()).replaceAll(ASSET_HASH, 'HASH'));

    expect(withoutHashes).toMatchSnapshot();
  });

  it('keeps the logical ids of what must survive an update', () => {
    const ids = {
      events: idOf(template, 'AWS::SQS::Queue', 'Events'),
      deadLetters: idOf(template, 'AWS::SQS::Queue', 'DeadLetters'),
      ledger: idOf(template, 'AWS::S3::Bucket'),
      segment: idOf(template, 'AWS::SecretsManager::Secret', 'Segment'),
      endpointToken: idOf(template, 'AWS::SecretsManager::Secret', 'EndpointToken'),
      metronomeToken: idOf(template, 'AWS::SecretsManager::Secret', 'MetronomeToken'),
      api: idOf(template, 'AWS::ApiGatewayV2::Api'),
    };

    expect(ids).toEqual({
      events: 'BridgeQueueEventsA9DD4791',
      deadLetters: 'BridgeQueueDeadLettersBB040C4B',
      ledger: 'BridgeLedgerBucket4F209B98',
      segment: 'BridgeSecretsSegmentDCD59A7C',
      endpointToken: 'BridgeSecretsEndpointToken7E4B2B61',
      metronomeToken: 'BridgeSecretsMetronomeToken5D432290',
      api: 'BridgeWebhookApi07644107',
    });
  });

  it('keeps them under another stack name', () => {
    expect(Object.keys(resourcesOf(templateWith({ stackName: 'Other' })))).toEqual(Object.keys(resourcesOf(template)));
  });

  it('tells its outputs, each with what it is for', () => {
    const outputs = template.findOutputs('*');

    expect(Object.keys(outputs)).toEqual([
      'WebhookUrl',
      'SegmentSecretArn',
      'EndpointTokenSecretArn',
      'MetronomeTokenSecretArn',
      'QueueUrl',
      'DeadLetterQueueUrl',
      'LedgerBucketName',
      'DashboardUrl',
      'MappingsVersion',
      'ArchiveDays',
      'MetricsName',
    ]);
    for (const output of Object.values(outputs)) expect(output['Description']).toMatch(/\w+ \w+/);
  });

  it('retains queues, ledger and secrets when it is deleted or replaces them', () => {
    for (const type of ['AWS::SQS::Queue', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret']) {
      template.allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  it('destroys everything when ephemeral', () => {
    const kept = Object.entries(resourcesOf(templateWith({ ephemeral: 'true' }))).filter(
      ([, { DeletionPolicy, UpdateReplacePolicy }]) => (DeletionPolicy ?? 'Delete') !== 'Delete' || (UpdateReplacePolicy ?? 'Delete') !== 'Delete',
    );

    expect(kept).toEqual([]);
  });

  it('has no custom resource and no function besides its two', () => {
    const types = Object.values(resourcesOf(template)).map(({ Type }) => Type);

    expect(types.filter((type) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')).toEqual([]);
    template.resourceCountIs('AWS::Lambda::Function', 2);
  });

  it.each(['AWS::SecretsManager::Secret', 'AWS::SQS::Queue', 'AWS::S3::Bucket'])('can be deployed to any account: no %s has a fixed name', (type) => {
    for (const { Properties } of Object.values(resourcesOf(template)).filter(({ Type }) => Type === type)) {
      for (const name of ['Name', 'QueueName', 'BucketName']) expect(typeof Properties[name]).not.toBe('string');
    }
  });

  it.each([
    [{}, []],
    [{ archiveDays: '0' }, ['archiveDays is 0']],
    [{ visibilityTimeoutSeconds: '60', archiveDays: '0' }, ['archiveDays is 0', 'visibilityTimeoutSeconds is 60']],
  ])('with %j warns %j', (overrides, warnings) => {
    expect(warningsWith(overrides)).toEqual(warnings.map((warning) => expect.stringContaining(warning)));
  });

  it.each([
    [{ maxReceiveCount: '5' }, 'events would go to the dead letters after 0.0 hours of outage; expected at least 72, so raise retryDelaysMinutes or maxReceiveCount'],
    [{ batchWindowSeconds: '0' }, 'batchWindowSeconds is 0; expected at least 1'],
  ])('refuses %j, wherever the settings come from', (overrides, problem) => {
    expect(() => templateWith(overrides)).toThrow(ConfigError);
    expect(() => templateWith(overrides)).toThrow(problem);
  });

  it('refuses a mappings file that is not there', () => {
    expect(() => templateWith({ mappings: 'no-such-file.json' })).toThrow(ConfigError);
  });
});
