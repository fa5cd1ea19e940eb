import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

import { runCdk } from '../cdk.ts';
import type { Clients } from '../clients.ts';
import { stackOf } from '../stack.ts';
import type { DeployedStack } from '../stack.ts';

/** Often enough for the faults that the steps make, and soon enough for one of them to see an event die. */
const MAX_RECEIVE_COUNT = 8;
const RETRY_DELAY_MINUTES = 0.05;

export interface Deployment {
  readonly name: string;
  readonly metronomeUrl: string;
  /** The emulator's origin; undefined for AWS. */
  readonly emulator: string | undefined;
  /** Where the CDK runs. */
  readonly folder: string;
}

/** Deploys with the project's own CDK CLI, as a trial that leaves nothing behind and never waits long. */
export async function deploy({ name, metronomeUrl, emulator, folder }: Deployment, { cloudFormation }: Clients, signal: AbortSignal): Promise<DeployedStack> {
  const settings = {
    stackName: name,
    metronomeBaseUrl: metronomeUrl,
    ephemeral: true,
    batchWindowSeconds: 1,
    retryDelaysMinutes: RETRY_DELAY_MINUTES,
    maxReceiveCount: MAX_RECEIVE_COUNT,
    silenceAlarmHours: 0,
  };
  const context = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  await runCdk(['deploy', name, '--require-approval', 'never', ...context], folder, signal);
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
  const outputs = (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const);
  return stackOf(name, new Map(outputs), emulator);
}
