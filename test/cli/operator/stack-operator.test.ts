import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

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

function opened(outputs: Readonly<Record<string, string>>) {
  aws.outputs = () => outputs;
  return openStackOperator('Bridge', ioDouble('/nowhere').io);
}

describe('openStackOperator', () => {
  it('tells which mappings run, and what the ledger keeps', async () => {
    expect(await opened({ ...OUTPUTS, MappingsVersion: 'v1', ArchiveDays: '0' })).toMatchObject({ name: 'the stack Bridge', mappingsVersion: 'v1', archiveDays: 0 });
  });

  it('works with a stack from before it told', async () => {
    expect(await opened(OUTPUTS)).toMatchObject({ bucket: 'ledger', mappingsVersion: undefined, archiveDays: undefined });
  });
});
