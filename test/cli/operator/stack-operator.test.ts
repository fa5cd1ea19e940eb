import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { OperatorError } from '../../../cli/operator/operator-error.ts';
import { openStackOperator } from '../../../cli/operator/stack-operator.ts';
import { startAwsDouble } from '../../helpers/aws-double.ts';
import type { AwsDouble } from '../../helpers/aws-double.ts';
import { ioDouble } from '../io-double.ts';

const OUTPUTS = { LedgerBucketName: 'ledger', QueueUrl: 'events', DeadLetterQueueUrl: 'dead' };

const environment = { ...process.env };
let aws: AwsDouble;

beforeEach(async () => {
  aws = await startAwsDouble();
  Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_ENDPOINT_URL: aws.url });
});

afterEach(async () => {
  await aws.stop();
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, environment);
});

function opened(outputs: Readonly<Record<string, string>>, prefix?: string) {
  aws.outputs = () => outputs;
  return openStackOperator({ stack: 'Bridge', prefix }, ioDouble('/nowhere').io);
}

const prefixed = (prefix: string, outputs: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(outputs).map(([name, value]) => [`${prefix}${name}`, value]));

describe('openStackOperator', () => {
  it('tells which mappings run, and what the ledger keeps', async () => {
    expect(await opened({ ...OUTPUTS, MappingsVersion: 'v1', ArchiveDays: '0' })).toMatchObject({ name: 'the stack Bridge', mappingsVersion: 'v1', archiveDays: 0 });
  });

  it('works with a stack from before it told', async () => {
    expect(await opened(OUTPUTS)).toMatchObject({ bucket: 'ledger', mappingsVersion: undefined, archiveDays: undefined });
  });

  it('finds one of two bridges in a stack by the prefix of its outputs', async () => {
    const other = { LedgerBucketName: 'other', QueueUrl: 'other', DeadLetterQueueUrl: 'other', MappingsVersion: 'v2', ArchiveDays: '7' };
    const both = { ...prefixed('Usage', { ...OUTPUTS, MappingsVersion: 'v1', ArchiveDays: '35' }), ...prefixed('Trial', other) };

    expect(await opened(both, 'Usage')).toMatchObject({ bucket: 'ledger', queueUrl: 'events', deadLettersUrl: 'dead', mappingsVersion: 'v1', archiveDays: 35 });
    expect(await opened(both, 'Trial')).toMatchObject({ bucket: 'other', mappingsVersion: 'v2', archiveDays: 7 });
  });

  it.each<[string, Readonly<Record<string, string>>, string | undefined, string]>([
    ['none of a bridge', { WebsiteUrl: 'x' }, undefined, "The stack Bridge has no output LedgerBucketName. If a bridge is inside it, call its addOutputs(), and deploy that stack again. If it is being deployed, wait for its end. Else name the bridge's stack with --stack."],
    ['those of two with a prefix', { ...prefixed('Usage', OUTPUTS), ...prefixed('Trial', OUTPUTS) }, undefined, 'The stack Bridge has no output LedgerBucketName, but UsageLedgerBucketName and TrialLedgerBucketName: add --prefix Usage or add --prefix Trial.'],
    ['those without the prefix', OUTPUTS, 'Usage', 'The stack Bridge has no output UsageLedgerBucketName, but LedgerBucketName: leave --prefix out.'],
  ])('says of a stack that has %s what to do, and never to deploy another', async (_, outputs, prefix, says) => {
    await expect(opened(outputs, prefix)).rejects.toThrow(new OperatorError(says));
  });
});
