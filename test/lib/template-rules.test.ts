import { describe, expect, it } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';

import { templateWith } from './helpers/stack.ts';
import { bridgeStack, violationsOf } from './helpers/synthesis.ts';
import { RULES } from './helpers/template-rules.ts';
import { VARIANTS } from './helpers/variants.ts';

describe('what CDK has to say against the stack', () => {
  it.each([
    ['by default', {}, []],
    // Chosen on purpose, and worth a line at every synthesis.
    ['with domain, alarm address, pause and no archive', VARIANTS['with domain, alarm address, pause and no archive'], [expect.stringContaining('archiveDays is 0')]],
  ])('%s: no error, and no warning but those that are meant', (_, overrides, meant) => {
    const violations = violationsOf((app) => bridgeStack(overrides, app));

    expect(violations.map(({ description }) => description)).toEqual(meant);
  });

  it('is fatal: a value that CloudFormation would refuse stops the synthesis', () => {
    const build = (): unknown =>
      violationsOf((app) => {
        const queue = bridgeStack({}, app).bridge.events.node.defaultChild;
        if (queue instanceof CfnQueue) queue.addPropertyOverride('MessageRetentionPeriod', 99_999_999);
      });

    expect(build).toThrow(/[Vv]alidation/);
  });
});

describe.each(Object.entries(VARIANTS))('the template %s', (_, overrides) => {
  const template = templateWith(overrides);
  const rules = Object.entries(RULES).filter(([name]) => name !== 'kept' || overrides['ephemeral'] !== 'true');

  it.each(rules)('keeps the rule %s', (__, rule) => {
    expect(rule(template)).toEqual([]);
  });
});

const allow = (statement: object) => ({ Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn', ...statement }] } }] } });
const lambda = (properties: object) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: 'one', ...properties } });
const permission = (properties: object) => ({ Type: 'AWS::Lambda::Permission', Properties: { Principal: 'apigateway.amazonaws.com', SourceArn: 'arn', ...properties } });

describe('the rules', () => {
  it.each([
    ['noWildcardAction', { A: allow({ Action: ['s3:Put*'] }) }, ['A allows s3:Put*']],
    ['noWildcardResource', { A: allow({ Resource: '*' }) }, ['A allows something on "*"']],
    ['noWildcardResource', { A: allow({ Resource: ['arn:aws:s3:::b/archive/*', 'arn:aws:s3:::b/other/*'] }) }, ['A allows something on "arn:aws:s3:::b/other/*"']],
    ['noWildcardResource', { A: allow({ Resource: ['secret:a-??????', 'secret:?'] }) }, ['A allows something on "secret:?"']],
    ['noPublicPrincipal', { A: allow({ Principal: { AWS: '*' } }) }, ['A lets anybody in']],
    ['noPublicPrincipal', { A: permission({ Principal: '*' }), B: permission({ SourceArn: undefined }), C: permission({}) }, ['A lets more than one API in', 'B lets more than one API in']],
    ['tlsOnly', { A: { Type: 'AWS::SQS::Queue', Properties: {} }, B: { Type: 'AWS::SNS::Topic', Properties: {} } }, ['A takes requests without TLS', 'B takes requests without TLS']],
    ['logsExpire', { A: { Type: 'AWS::Logs::LogGroup', Properties: {} } }, ['A keeps its log for ever']],
    ['ownRoles', { A: lambda({}), B: lambda({}), C: lambda({ Role: 'other' }) }, ['A and B share a role']],
    ['noPlainSecret', { A: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'x' } } }, ['A has its value in the template']],
    ['noPlainSecret', { A: lambda({ Environment: { Variables: { X: '{{resolve:secretsmanager:y}}' } } }) }, ['A resolves a secret in the template']],
    ['noPlainSecret', { A: lambda({ Environment: { Variables: { METRONOME_API_TOKEN: 'x', SEGMENT_SECRET_ARN: 'y' } } }) }, ['A has a secret in METRONOME_API_TOKEN']],
    ['kept', { A: { Type: 'AWS::SQS::Queue', Properties: {}, DeletionPolicy: 'Retain' } }, ['A goes with the stack']],
  ])('%s sees %j', (name, Resources, broken) => {
    expect(RULES[name]?.(Template.fromJSON({ Resources }))).toEqual(broken);
  });
});
