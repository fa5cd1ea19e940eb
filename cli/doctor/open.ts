import type { Io } from '../io.ts';
import { openOperator } from '../operator/operator.ts';
import type { Operator } from '../operator/operator.ts';
import { ask } from './ask.ts';
import type { Bridge, Credentials } from './bridge.ts';
import type { Finding } from './check.ts';
import type { Configuration } from './configuration.ts';
import { openLocal } from './open-local.ts';
import { openStack } from './open-stack.ts';
import { Unanswered } from './unanswered.ts';

/** What was found of the bridge: all of it, or as much as can be known without it. */
export interface Opened {
  readonly finding: Finding;
  readonly credentials?: Credentials;
  readonly bridge?: Bridge;
  readonly close: () => void;
}

/** Which bridge. */
export interface Chosen {
  readonly configuration: Configuration;
  readonly io: Io;
  /** Undefined takes the one that the bridge tells. */
  readonly webhookUrl: string | undefined;
}

/** @throws UsageError for options that exclude each other, or aren't enough */
export type Open = (chosen: Chosen) => Promise<Opened>;

/** Looks for the bridge; that there is none is a finding, too. */
export const open: Open = async (chosen) => {
  const operator = await operatorOrReason(chosen);
  return chosen.configuration.options.local === true ? openLocal(operator, chosen) : openStack(operator, chosen);
};

async function operatorOrReason({ configuration: { options, settings }, io }: Chosen): Promise<Operator | Unanswered> {
  if (settings instanceof Error) return new Unanswered('Not looked for, as the settings are wrong.', 'Mend the settings first.');
  try {
    return await ask({ what: 'The bridge', permission: 'cloudformation:DescribeStacks' }, () => openOperator(options, io));
  } catch (error) {
    if (error instanceof Unanswered) return error;
    throw error;
  }
}
