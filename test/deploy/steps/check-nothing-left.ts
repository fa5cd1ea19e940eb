import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';

import type { Clients } from '../clients.ts';
import { eventually } from '../eventually.ts';
import type { Resource } from './destroy.ts';

/** A deleted queue may still answer for a minute. */
const PATIENCE_MS = 90_000;
const GONE: ReadonlySet<string> = new Set(['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue', 'NotFound', 'NoSuchBucket', 'ResourceNotFoundException']);

type IsThere = (id: string | undefined, clients: Clients) => Promise<boolean>;

/** What holds events or secrets; the rest CloudFormation answers for. */
const LOOKS: Readonly<Record<string, IsThere>> = {
  'AWS::SQS::Queue': (id, { sqs }) => sqs.send(new GetQueueAttributesCommand({ QueueUrl: id })).then(() => true),
  'AWS::S3::Bucket': (id, { s3 }) => s3.send(new HeadBucketCommand({ Bucket: id })).then(() => true),
  'AWS::SecretsManager::Secret': (id, { secrets }) => secrets.send(new DescribeSecretCommand({ SecretId: id })).then(({ DeletedDate }) => DeletedDate === undefined),
};

/** Looks for everything that the destroyed stack had; returns in words what is gone. */
export async function checkNothingLeft(resources: readonly Resource[], clients: Clients): Promise<string> {
  const watched = resources.filter(({ ResourceType = '' }) => Object.hasOwn(LOOKS, ResourceType));
  await eventually('nothing left of the stack', PATIENCE_MS, async () => {
    const there = await Promise.all(watched.map((resource) => isThere(resource, clients)));
    const left = watched.filter((_, index) => there[index]);
    return left.length === 0 ? undefined : left.map(({ PhysicalResourceId }) => PhysicalResourceId).join(', ');
  });
  return `${watched.length} queues, buckets and secrets are gone`;
}

async function isThere({ ResourceType = '', PhysicalResourceId }: Resource, clients: Clients): Promise<boolean> {
  try {
    return (await LOOKS[ResourceType]?.(PhysicalResourceId, clients)) ?? false;
  } catch (error) {
    if (error instanceof Error && GONE.has(error.name)) return false;
    throw error;
  }
}
