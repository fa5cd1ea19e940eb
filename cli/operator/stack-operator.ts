import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { resolve } from 'node:path';

import { settingsFromEnvironment } from '../../lib/config.ts';
import type { Io } from '../io.ts';
import { asOperatorError, isMissingStack } from './aws-problem.ts';
import type { Operator } from './operator.ts';
import { OperatorError } from './operator-error.ts';

/**
 * A deployed stack, found through its outputs.
 * @param named undefined takes the name in the settings
 * @throws OperatorError if the stack isn't there or is no bridge's
 */
export async function openStackOperator(named: string | undefined, io: Io): Promise<Operator> {
  const settings = settingsFromEnvironment(io.environment, io.projectFolder);
  const stackName = named ?? settings.stackName;
  const outputs = await outputsOf(stackName);
  const output = (name: string): string => {
    const value = outputs.get(name);
    if (value !== undefined) return value;
    throw new OperatorError(`The stack ${stackName} has no output ${name}, so it isn't a bridge, or one that is still being deployed. Name the bridge's stack with --stack.`);
  };
  const [bucket, queueUrl, deadLettersUrl] = [output('LedgerBucketName'), output('QueueUrl'), output('DeadLetterQueueUrl')];
  const s3 = new S3Client({ forcePathStyle: isEmulated(io.environment) });
  const sqs = new SQSClient({});
  const close = (): void => {
    s3.destroy();
    sqs.destroy();
  };
  const mappingsPath = resolve(io.projectFolder, settings.mappings);
  const runs = { mappingsPath, mappingsVersion: outputs.get('MappingsVersion'), archiveDays: numberOrNone(outputs.get('ArchiveDays')) };
  return { name: `the stack ${stackName}`, s3, sqs, bucket, queueUrl, deadLettersUrl, ...runs, localUrl: undefined, stackName, close };
}

function numberOrNone(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** An emulator's host seldom has a name for each bucket. */
function isEmulated(environment: NodeJS.ProcessEnv): boolean {
  return Boolean(environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL']);
}

async function outputsOf(stackName: string): Promise<ReadonlyMap<string, string>> {
  const client = new CloudFormationClient({});
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const outputs = Stacks[0]?.Outputs ?? [];
    return new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (error) {
    if (isMissingStack(error)) {
      throw new OperatorError(`There is no stack ${stackName} in this account and region. Set AWS_REGION and AWS_PROFILE, name it with --stack, or use --local for the bridge of npm start.`);
    }
    throw asOperatorError(error, `The stack ${stackName}`);
  } finally {
    client.destroy();
  }
}
