import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

import { wordsOf } from '../../../cli/operator/aws-problem.ts';
import type { Options } from '../options.ts';
import { NotDeployed } from '../step-failure.ts';
import { emulatorOf } from '../emulator-of.ts';

/** Where it is deployed to. */
export interface Target {
  readonly account: string;
  readonly region: string;
  /** The emulator's origin; undefined for AWS itself. */
  readonly emulator: string | undefined;
}

const NOWHERE = 'Start an emulator of AWS on this machine and set AWS_ENDPOINT_URL and AWS_REGION and any AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in to an account of yours and see docs/deploy-test.md.';

/** @throws NotDeployed if there is no account, or one that isn't meant */
export async function findTarget(environment: NodeJS.ProcessEnv, options: Options): Promise<Target> {
  const target = await askForAccount(emulatorOf(environment));
  const problem = refusal(target, options);
  if (problem !== undefined) throw new NotDeployed(problem);
  return target;
}

async function askForAccount(emulator: string | undefined): Promise<Target> {
  const client = new STSClient({ maxAttempts: 1 });
  try {
    const [{ Account: account = 'unknown' }, region] = await Promise.all([client.send(new GetCallerIdentityCommand({})), client.config.region()]);
    return { account, region, emulator };
  } catch (error) {
    throw new NotDeployed(`There is nowhere to deploy to (${emulator === undefined ? '' : `${emulator}: `}${wordsOf(error) || 'no answer'}). ${NOWHERE}`);
  } finally {
    client.destroy();
  }
}

/** Why this account must not be deployed to, in words; undefined if it may. */
export function refusal({ account, region, emulator }: Target, { yes, metronomeUrl, destroy }: Options): string | undefined {
  if (emulator !== undefined) return undefined;
  if (!yes) return `AWS_* points at the real AWS account ${account} in ${region}, so nothing was done. If that is where a stack may be made and destroyed, for some cents, say so with --yes.`;
  if (metronomeUrl !== undefined || destroy !== undefined) return undefined;
  return `Functions in the AWS account ${account} can't reach the Metronome stand-in on this machine: open a tunnel to it and name its address with --metronome-url (see docs/deploy-test.md).`;
}

export function targetText({ account, region, emulator }: Target): string {
  return `${emulator === undefined ? 'AWS' : `an emulator, ${emulator}`}: account ${account}, ${region}`;
}
