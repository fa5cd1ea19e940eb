import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

import { isMissingStack } from '../../../cli/operator/aws-problem.ts';
import { runCdk } from '../cdk.ts';
import type { Clients } from '../clients.ts';
import type { Target } from './find-target.ts';

const BOOTSTRAP_STACK = 'CDKToolkit';

/** What the CDK needs once in each account and region; returns in words what was done. */
export async function bootstrap({ account, region }: Target, { cloudFormation }: Clients, folder: string, signal: AbortSignal): Promise<string> {
  try {
    await cloudFormation.send(new DescribeStacksCommand({ StackName: BOOTSTRAP_STACK }));
    return 'was there';
  } catch (error) {
    if (!isMissingStack(error)) throw error;
    await runCdk(['bootstrap', `aws://${account}/${region}`], folder, signal);
    return `${BOOTSTRAP_STACK} is new, and stays`;
  }
}
