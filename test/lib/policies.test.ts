import { describe, expect, it } from '@jest/globals';

import { idOf, listOf, resourcesOf, statementsOf } from './helpers/resources.ts';
import type { Statement } from './helpers/resources.ts';
import { templateWith } from './helpers/stack.ts';

const template = templateWith();
const statements = statementsOf(template);
const allowed = statements.filter(({ statement }) => statement.Effect === 'Allow');
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const EVENTS = arnOf(idOf(template, 'AWS::SQS::Queue', 'Events'));
const BUCKET = arnOf(idOf(template, 'AWS::S3::Bucket'));
const TOPIC = { Ref: idOf(template, 'AWS::SNS::Topic') };
const WITHOUT_TLS = { Effect: 'Deny', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
const objectsBelow = (path: string) => ({ 'Fn::Join': ['', [BUCKET, path]] });
const statementsAt = (id: string) => statements.filter(({ holder }) => holder === id).map(({ statement }) => statement);
const secretOf = (part: string) => ({ Ref: idOf(template, 'AWS::SecretsManager::Secret', part) });

function roleStatements(part: string, of = template): readonly Statement[] {
  const role = idOf(of, 'AWS::IAM::Role', part);
  return statementsOf(of).filter(({ holder, statement }) => holder === role && statement.Principal === undefined).map(({ statement }) => statement);
}

/** Action by action, so that the order and the grouping of a statement don't matter. */
function grants(part: string, of = template): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(roleStatements(part, of).flatMap(({ Action, Resource }) => listOf(Action).map((action) => [action, listOf(Resource)])));
}

describe('policies', () => {
  it('are found', () => {
    expect(allowed.length).toBeGreaterThanOrEqual(10);
  });

  it('allow no action by wildcard', () => {
    expect(allowed.flatMap(({ statement }) => listOf(statement.Action)).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('allow no resource by wildcard but objects under a prefix of the ledger', () => {
    const wild = allowed.flatMap(({ statement }) => listOf(statement.Resource)).map((resource) => JSON.stringify(resource ?? null)).filter((resource) => resource.includes('*'));

    expect(wild.toSorted()).toEqual(['/archive/*', '/quarantine/*'].map((prefix) => JSON.stringify(objectsBelow(prefix))));
  });

  it('let nobody in by wildcard', () => {
    expect(allowed.filter(({ statement }) => JSON.stringify(statement.Principal ?? null).includes('*'))).toEqual([]);
  });

  it('deny only what is not encrypted on its way', () => {
    for (const { statement } of statements.filter(({ statement: { Effect } }) => Effect !== 'Allow')) {
      expect(statement).toMatchObject({ Effect: 'Deny', Principal: expect.anything(), Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    }
  });

  it('give ingest exactly what it needs', () => {
    expect(roleStatements('Ingest')).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: arnOf(idOf(template, 'AWS::Logs::LogGroup', 'Ingest')) },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: EVENTS },
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: [secretOf('EndpointToken'), secretOf('Segment')] },
    ]);
  });

  it('give forward exactly what it needs', () => {
    expect(roleStatements('Forward')).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: arnOf(idOf(template, 'AWS::Logs::LogGroup', 'Forward')) },
      { Effect: 'Allow', Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], Resource: EVENTS },
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretOf('MetronomeToken') },
      { Effect: 'Allow', Action: 's3:PutObject', Resource: [objectsBelow('/archive/*'), objectsBelow('/quarantine/*')] },
    ]);
  });

  it('let Lambda alone take on the roles', () => {
    const trusted = Object.values(resourcesOf(template)).filter(({ Type }) => Type === 'AWS::IAM::Role').map(({ Properties }) => Properties['AssumeRolePolicyDocument']);

    expect(trusted).toEqual(Array.from({ length: 2 }, () => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] })));
  });

  it('of queues, bucket and topic say this and no more', () => {
    const said = Object.fromEntries(statementsOf(template).filter(({ holder }) => !holder.includes('Role')).map(({ holder }) => [holder, statementsAt(holder)]));

    expect(said).toEqual({
      [idOf(template, 'AWS::SQS::QueuePolicy', 'Events')]: [{ ...WITHOUT_TLS, Action: 'sqs:*', Resource: EVENTS }],
      [idOf(template, 'AWS::SQS::QueuePolicy', 'DeadLetters')]: [{ ...WITHOUT_TLS, Action: 'sqs:*', Resource: arnOf(idOf(template, 'AWS::SQS::Queue', 'DeadLetters')) }],
      [idOf(template, 'AWS::S3::BucketPolicy')]: [{ ...WITHOUT_TLS, Action: 's3:*', Resource: [BUCKET, objectsBelow('/*')] }],
      [idOf(template, 'AWS::SNS::TopicPolicy')]: [
        { ...WITHOUT_TLS, Sid: 'AllowPublishThroughSSLOnly', Action: 'sns:Publish', Principal: '*', Resource: TOPIC },
        {
          Sid: 'AllowAlarms',
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          Resource: TOPIC,
        },
      ],
    });
  });

  it('let API Gateway call ingest, for two paths of this API, and nobody call forward', () => {
    const permissions = Object.values(resourcesOf(template)).filter(({ Type }) => Type === 'AWS::Lambda::Permission').map(({ Properties }) => Properties);
    const api = ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: idOf(template, 'AWS::ApiGatewayV2::Api') }];

    expect(permissions).toEqual(
      ['/*/*/segment', '/*/*/segment/'].map((path) => ({
        Action: 'lambda:InvokeFunction',
        FunctionName: arnOf(idOf(template, 'AWS::Lambda::Function', 'Ingest')),
        Principal: 'apigateway.amazonaws.com',
        SourceArn: { 'Fn::Join': ['', [...api, path]] },
      })),
    );
  });

  it('hand forward the events queue, and no other source', () => {
    const sources = Object.values(resourcesOf(template)).filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping').map(({ Properties }) => Properties);

    expect(sources).toMatchObject([{ EventSourceArn: EVENTS, FunctionName: { Ref: idOf(template, 'AWS::Lambda::Function', 'Forward') } }]);
  });

  it('are all in the two roles: no managed policy, no policy attached from outside', () => {
    const roles = Object.values(resourcesOf(template)).filter(({ Type }) => Type === 'AWS::IAM::Role');

    expect(roles).toHaveLength(2);
    for (const { Properties } of roles) expect(Properties).not.toHaveProperty('ManagedPolicyArns');
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });
});

describe('policies for secrets brought along', () => {
  const base = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:';
  const brought = templateWith({ segmentSecretArn: `${base}segment-AbC123`, endpointTokenSecretArn: `${base}endpoint`, metronomeTokenSecretArn: `${base}metronome-xYz789` });

  it('name a complete ARN as it is, and cover the suffix of one without', () => {
    expect(grants('Ingest', brought)['secretsmanager:GetSecretValue']?.toSorted()).toEqual([`${base}endpoint-??????`, `${base}segment-AbC123`]);
    expect(grants('Forward', brought)['secretsmanager:GetSecretValue']).toEqual([`${base}metronome-xYz789`]);
  });

  it('come without a secret of the stack', () => {
    brought.resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(Object.fromEntries(['SegmentSecretArn', 'EndpointTokenSecretArn', 'MetronomeTokenSecretArn'].map((name) => [name, brought.findOutputs(name)[name]?.['Value']]))).toEqual({
      SegmentSecretArn: `${base}segment-AbC123`,
      EndpointTokenSecretArn: `${base}endpoint`,
      MetronomeTokenSecretArn: `${base}metronome-xYz789`,
    });
  });
});
