import type { Template } from 'aws-cdk-lib/assertions';

import { listOf, resourcesOf, statementsOf } from './resources.ts';
import type { Resource } from './resources.ts';

/** Checks a template; gives a sentence for each resource that breaks the rule. */
export type TemplateRule = (template: Template) => readonly string[];

/** All objects below a prefix, and a secret whose random suffix isn't known: the two resources that have to be patterns. */
const ALLOWED_PATTERN = /(?:\/(?:archive|quarantine)\/\*|-\?{6})(?="|$)/g;
/** Types that hold events, secrets or money, and stay when the stack goes. */
export const KEPT_TYPES: readonly string[] = ['AWS::SQS::Queue', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret', 'AWS::Logs::LogGroup'];
/** What speaks TLS alone only if its policy says so, and how that policy names it. */
const TLS_POLICIES = [
  { type: 'AWS::SQS::Queue', policy: 'AWS::SQS::QueuePolicy', names: 'Queues' },
  { type: 'AWS::S3::Bucket', policy: 'AWS::S3::BucketPolicy', names: 'Bucket' },
  { type: 'AWS::SNS::Topic', policy: 'AWS::SNS::TopicPolicy', names: 'Topics' },
] as const;

const ofType = (template: Template, type: string): readonly (readonly [string, Resource])[] => Object.entries(resourcesOf(template)).filter(([, { Type }]) => Type === type);
const text = (value: unknown): string => JSON.stringify(value) ?? '';

const allows = (template: Template) => statementsOf(template).filter(({ statement }) => statement.Effect === 'Allow');

export const noWildcardAction: TemplateRule = (template) =>
  allows(template).flatMap(({ holder, statement }) => listOf(statement.Action).filter((action) => action.includes('*')).map((action) => `${holder} allows ${action}`));

export const noWildcardResource: TemplateRule = (template) =>
  allows(template).flatMap(({ holder, statement }) =>
    listOf(statement.Resource).filter((resource) => /[*?]/.test(text(resource).replaceAll(ALLOWED_PATTERN, ''))).map((resource) => `${holder} allows something on ${text(resource)}`),
  );

export const noPublicPrincipal: TemplateRule = (template) => [
  ...allows(template).flatMap(({ holder, statement }) => (text(statement.Principal).includes('*') ? [`${holder} lets anybody in`] : [])),
  ...ofType(template, 'AWS::Lambda::Permission').flatMap(([id, { Properties }]) =>
    Properties['Principal'] === '*' || Properties['SourceArn'] === undefined || Properties['FunctionUrlAuthType'] !== undefined ? [`${id} lets more than one API in`] : [],
  ),
];

export const tlsOnly: TemplateRule = (template) =>
  TLS_POLICIES.flatMap(({ type, policy, names }) => {
    const denying = ofType(template, policy).filter(([, resource]) => /"Effect":"Deny"/.test(text(resource)) && /"aws:SecureTransport":"false"/.test(text(resource)));
    const covered = new Set(denying.flatMap(([, { Properties }]) => listOf(Properties[names]).map(text)));
    return ofType(template, type).flatMap(([id]) => (covered.has(text({ Ref: id })) ? [] : [`${id} takes requests without TLS`]));
  });

export const logsExpire: TemplateRule = (template) =>
  ofType(template, 'AWS::Logs::LogGroup').flatMap(([id, { Properties }]) => (typeof Properties['RetentionInDays'] === 'number' ? [] : [`${id} keeps its log for ever`]));

export const ownRoles: TemplateRule = (template) => {
  const byRole = Map.groupBy(ofType(template, 'AWS::Lambda::Function'), ([, { Properties }]) => text(Properties['Role']));
  return [...byRole.values()].filter((functions) => functions.length > 1).map((functions) => `${functions.map(([id]) => id).join(' and ')} share a role`);
};

/** Neither a value written down, nor one that CloudFormation would look up and write down. */
export const noPlainSecret: TemplateRule = (template) => [
  ...ofType(template, 'AWS::SecretsManager::Secret').flatMap(([id, { Properties }]) => ('SecretString' in Properties ? [`${id} has its value in the template`] : [])),
  ...Object.entries({ ...resourcesOf(template), ...template.findOutputs('*') }).flatMap(([id, part]) => (text(part).includes('{{resolve:') ? [`${id} resolves a secret in the template`] : [])),
  ...ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) => plainVariables(Properties).map((name) => `${id} has a secret in ${name}`)),
];

function plainVariables(properties: Resource['Properties']): readonly string[] {
  const names = /"([A-Z_]*(?:SECRET|TOKEN|PASSWORD)[A-Z_]*)":/g;
  return [...text(properties['Environment']).matchAll(names)].map(([, name = '']) => name).filter((name) => !name.endsWith('_ARN') && name !== 'PREVIOUS_SECRET_HOURS');
}

export const kept: TemplateRule = (template) =>
  KEPT_TYPES.flatMap((type) =>
    ofType(template, type).flatMap(([id, { DeletionPolicy, UpdateReplacePolicy }]) => (DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain' ? [] : [`${id} goes with the stack`])),
  );

export const RULES: Readonly<Record<string, TemplateRule>> = { noWildcardAction, noWildcardResource, noPublicPrincipal, tlsOnly, logsExpire, ownRoles, noPlainSecret, kept };
