import { DeleteStackCommand, DescribeStacksCommand, ListStackResourcesCommand, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import type { StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';

import { isMissingStack } from '../../../cli/operator/aws-problem.ts';
import type { Clients } from '../clients.ts';
import { NothingThere } from '../step-failure.ts';

const MAX_SECONDS = 15 * 60;
const POLL_SECONDS = { minDelay: 1, maxDelay: 5 };
/** A function that was still running may have written to the bucket after it was emptied. */
const TRIES = 3;

export type Resource = Pick<StackResourceSummary, 'ResourceType' | 'PhysicalResourceId'>;

/**
 * Destroys the stack with all it holds; CloudFormation itself deletes no bucket that isn't empty.
 * @returns what the stack had, for a look whether it is gone; nothing if there was no stack
 */
export async function destroy(name: string, clients: Clients): Promise<readonly Resource[]> {
  const resources = await resourcesOf(name, clients);
  for (let attempt = 1; ; attempt += 1) {
    try {
      for (const { PhysicalResourceId } of ofType(resources, 'AWS::S3::Bucket')) await empty(PhysicalResourceId, clients);
      await clients.cloudFormation.send(new DeleteStackCommand({ StackName: name }));
      await waitUntilStackDeleteComplete({ client: clients.cloudFormation, maxWaitTime: MAX_SECONDS, ...POLL_SECONDS }, { StackName: name });
      return resources;
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}

/**
 * Destroys what an earlier run left under this name.
 * @param place where that is, for people
 * @throws NothingThere if there is no such stack
 */
export async function destroyLeft(name: string, place: string, clients: Clients): Promise<readonly Resource[]> {
  try {
    await clients.cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
  } catch (error) {
    if (isMissingStack(error)) throw new NothingThere(`There is no stack ${name} in ${place}: nothing was destroyed. Is the name right, and are AWS_REGION and AWS_PROFILE?`);
    throw error;
  }
  return destroy(name, clients);
}

export function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter(({ ResourceType }) => ResourceType === type);
}

/** All that the stack made, or is making. */
export async function resourcesOf(name: string, { cloudFormation }: Clients): Promise<readonly Resource[]> {
  const resources: Resource[] = [];
  let token: string | undefined;
  try {
    do {
      const page = await cloudFormation.send(new ListStackResourcesCommand({ StackName: name, NextToken: token }));
      resources.push(...(page.StackResourceSummaries ?? []));
      token = page.NextToken;
    } while (token !== undefined);
    return resources;
  } catch (error) {
    if (isMissingStack(error)) return [];
    throw error;
  }
}

async function empty(bucket: string | undefined, { s3 }: Clients): Promise<void> {
  for (;;) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    if (Contents.length === 0) return;
    await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }));
  }
}
