import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';

import { idOf } from './helpers/resources.ts';
import { templateWith } from './helpers/stack.ts';

const template = templateWith();
const EVENTS = idOf(template, 'AWS::SQS::Queue', 'Events');
const DEAD_LETTERS = idOf(template, 'AWS::SQS::Queue', 'DeadLetters');
const BUCKET = idOf(template, 'AWS::S3::Bucket');
const secretOf = (part: string) => template.findResources('AWS::SecretsManager::Secret')[idOf(template, 'AWS::SecretsManager::Secret', part)]?.['Properties'];
const tlsOnly = (action: string) => ({
  PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Action: action, Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
});

describe('EventQueue', () => {
  it.each([EVENTS, DEAD_LETTERS])('encrypts %s and keeps its messages for 14 days', (id) => {
    expect(template.findResources('AWS::SQS::Queue')[id]?.['Properties']).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 60 * 60 });
  });

  it.each([EVENTS, DEAD_LETTERS])('speaks only TLS with %s', (id) => {
    template.hasResourceProperties('AWS::SQS::QueuePolicy', { ...tlsOnly('sqs:*'), Queues: [{ Ref: id }] });
  });

  it('hides a message for six times the time of the function', () => {
    template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 6 * 60, RedrivePolicy: { maxReceiveCount: 300 } });
  });

  it.each([
    [{ forwardTimeoutSeconds: '900' }, 900, 5400],
    [{ forwardTimeoutSeconds: '100', visibilityTimeoutSeconds: '43200' }, 100, 43_200],
  ])('follows %j', (overrides, functionSeconds, visibilitySeconds) => {
    const followed = templateWith(overrides);

    followed.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: visibilitySeconds });
    followed.hasResourceProperties('AWS::Lambda::Function', { Timeout: functionSeconds });
  });

  it('counts receives as it is told', () => {
    templateWith({ maxReceiveCount: '1000' }).hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 1000 } });
  });

  it('moves dead letters to its own dead letter queue, which takes them from no other', () => {
    const queues = template.findResources('AWS::SQS::Queue');
    const eventsName = queues[EVENTS]?.['Properties'].QueueName;

    expect(queues[EVENTS]?.['Properties'].RedrivePolicy.deadLetterTargetArn).toEqual({ 'Fn::GetAtt': [DEAD_LETTERS, 'Arn'] });
    expect(queues[DEAD_LETTERS]?.['Properties'].RedriveAllowPolicy).toEqual({
      redrivePermission: 'byQueue',
      sourceQueueArns: [
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sqs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', eventsName]] },
      ],
    });
  });

  it('names the events queue after the one stack it belongs to', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: { 'Fn::Join': ['-', ['bridge-events', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }]] },
    });
  });
});

describe('Ledger', () => {
  it('is private, encrypted and unversioned', () => {
    const properties = template.findResources('AWS::S3::Bucket')[BUCKET]?.['Properties'];

    expect(properties).toMatchObject({
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    });
    expect(properties).not.toHaveProperty('VersioningConfiguration');
  });

  it('speaks only TLS', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', { ...tlsOnly('s3:*'), Bucket: { Ref: BUCKET } });
  });

  it.each([
    [{}, [['archive/', 35], ['quarantine/', 90], ['replays/', 90]]],
    [{ archiveDays: '400', quarantineDays: '7' }, [['archive/', 400], ['quarantine/', 7], ['replays/', 400]]],
    [{ archiveDays: '0' }, [['archive/', 1], ['quarantine/', 90], ['replays/', 90]]],
  ])('with %j forgets after %j', (overrides, expected) => {
    const [bucket] = Object.values(templateWith(overrides).findResources('AWS::S3::Bucket'));
    const rules: readonly Record<string, unknown>[] = bucket?.['Properties'].LifecycleConfiguration.Rules;

    expect(rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined).map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays])).toEqual(expected);
    expect(rules.filter(({ ExpirationInDays }) => ExpirationInDays === undefined)).toEqual([
      { Id: 'uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ]);
  });
});

describe('Secrets', () => {
  it.each(['Segment', 'EndpointToken'])('generates %s: 40 letters and digits', (part) => {
    expect(secretOf(part)).toEqual({ Description: expect.stringMatching(/webhook/), GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true } });
  });

  it('leaves the token of Metronome without any value', () => {
    expect(secretOf('MetronomeToken')).toEqual({ Description: expect.stringMatching(/Metronome/) });
  });

  it('makes only those that are not brought along', () => {
    const brought = templateWith({ metronomeTokenSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:metronome-AbC123' });

    brought.resourceCountIs('AWS::SecretsManager::Secret', 2);
  });
});
