import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { resolve } from 'node:path';

import { settingsFromEnvironment } from '../../lib/config.ts';
import type { Io } from '../io.ts';
import { asOperatorError, isMissingStack } from './aws-problem.ts';
import type { Operator, OperatorOptions } from './operator.ts';
import { OperatorError } from './operator-error.ts';

/**
 * A deployed stack, found through its outputs.
 * @throws OperatorError if the stack isn't there or is no bridge's
 */
export async function openStackOperator({ stack, prefix = '' }: OperatorOptions, io: Io): Promise<Operator> {
  const settings = settingsFromEnvironment(io.environment, io.projectFolder);
  const stackName = stack ?? settings.stackName;
  const outputs = await outputsOf(stackName);
  const output = (name: string): string => {
    const value = outputs.get(`${prefix}${name}`);
    if (value !== undefined) return value;
    throw new OperatorError(withoutOutput(stackName, prefix, name, [...outputs.keys()]));
  };
  const [bucket, queueUrl, deadLettersUrl] = [output('LedgerBucketName'), output('QueueUrl'), output('DeadLetterQueueUrl')];
  const s3 = new S3Client({ forcePathStyle: isEmulated(io.environment) });
  const sqs = new SQSClient({});
  const close = (): void => {
    s3.destroy();
    sqs.destroy();
  };
  const mappingsPath = resolve(io.projectFolder, settings.mappings);
  const runs = { mappingsPath, mappingsVersion: outputs.get(`${prefix}MappingsVersion`), archiveDays: numberOrNone(outputs.get(`${prefix}ArchiveDays`)) };
  return { name: `the stack ${stackName}`, s3, sqs, bucket, queueUrl, deadLettersUrl, ...runs, localUrl: undefined, stackName, metricsName: outputs.get(`${prefix}MetricsName`) ?? stackName, close };
}

function numberOrNone(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** A stack of somebody's own may hold the bridge under another prefix, or before its outputs were added. */
function withoutOutput(stackName: string, prefix: string, name: string, outputs: readonly string[]): string {
  const prefixes = outputs.filter((output) => output.endsWith(name)).map((output) => output.slice(0, -name.length));
  const missing = `The stack ${stackName} has no output ${prefix}${name}`;
  if (prefixes.length > 0) return `${missing}, but ${prefixes.map((one) => `${one}${name}`).join(' and ')}: ${prefixes.map(prefixStep).join(' or ')}.`;
  return `${missing}. If a bridge is inside it, call its addOutputs(), and deploy that stack again. If it is being deployed, wait for its end. Else name the bridge's stack with --stack.`;
}

function prefixStep(prefix: string): string {
  return prefix === '' ? 'leave --prefix out' : `add --prefix ${prefix}`;
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
      throw new OperatorError(`There is no stack ${stackName} in this account and region. Set AWS_REGION and AWS_PROFILE, name it with --stack, or use --local for the bridge of npm start.`, { cause: error });
    }
    throw asOperatorError(error, `The stack ${stackName}`);
  } finally {
    client.destroy();
  }
}
