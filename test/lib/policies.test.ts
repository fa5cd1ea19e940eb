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

    expect(wild.toSorted()).toEqual(['/archive/*', '/quarantine/*'].map((prefix) => JSON.stringify({ 'Fn::Join': ['', [BUCKET, prefix]] })));
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
    expect(roleStatements('Ingest')).toHaveLength(3);
    expect(grants('Ingest')).toEqual({
      'logs:CreateLogStream': [arnOf(idOf(template, 'AWS::Logs::LogGroup', 'Ingest'))],
      'logs:PutLogEvents': [arnOf(idOf(template, 'AWS::Logs::LogGroup', 'Ingest'))],
      'sqs:SendMessage': [EVENTS],
      'secretsmanager:GetSecretValue': [secretOf('EndpointToken'), secretOf('Segment')],
    });
  });

  it('give forward exactly what it needs', () => {
    expect(roleStatements('Forward')).toHaveLength(4);
    expect(grants('Forward')).toEqual({
      'logs:CreateLogStream': [arnOf(idOf(template, 'AWS::Logs::LogGroup', 'Forward'))],
      'logs:PutLogEvents': [arnOf(idOf(template, 'AWS::Logs::LogGroup', 'Forward'))],
      'sqs:ReceiveMessage': [EVENTS],
      'sqs:DeleteMessage': [EVENTS],
      'sqs:ChangeMessageVisibility': [EVENTS],
      'sqs:GetQueueAttributes': [EVENTS],
      'secretsmanager:GetSecretValue': [secretOf('MetronomeToken')],
      's3:PutObject': ['/archive/*', '/quarantine/*'].map((prefix) => ({ 'Fn::Join': ['', [BUCKET, prefix]] })),
    });
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
