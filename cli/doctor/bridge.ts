import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';

import type { ConfigError } from '../../lib/config.ts';
import type { UsableMappings } from '../mappings.ts';
import type { Operator } from '../operator/operator.ts';

/** A secret as it is stored. */
export interface StoredSecret {
  /**
   * The text as it is kept, with whatever was pasted along; undefined if no value was ever set. Asked once.
   * @throws Unanswered if it can't be read
   */
  read(): Promise<string | undefined>;
  /** The next step that sets it: lines for a person. */
  readonly howToSet: string;
}

/** The three secrets, and whom the last of them is for. */
export interface Credentials {
  readonly segment: StoredSecret;
  readonly endpointToken: StoredSecret;
  readonly metronomeToken: StoredSecret;
  /** Metronome's origin; undefined while there is none, as the sandbox of a local run that isn't running. */
  metronomeBaseUrl(): Promise<string | undefined>;
}

/** A bridge that is there. */
export interface Bridge {
  readonly operator: Operator;
  /** What the operator's tool needs to find it again: ` --local`, or nothing. */
  readonly flags: string;
  /** What deploys it, for a next step: a stack of another project is not for this one to deploy. */
  readonly deploy: string;
  readonly webhookUrl: string;
  /** Of the mappings file on this machine; what is wrong with it if it can't be used. */
  readonly mappings: UsableMappings | ConfigError;
  /**
   * Whether it runs with that very file.
   * @throws Unanswered if it can't be found out
   */
  runsTheseMappings(): Promise<boolean>;
  /**
   * What takes events out of the queue; undefined if nothing does.
   * @throws Unanswered if it can't be found out
   */
  source(): Promise<EventSource | undefined>;
  /** Undefined for a local run. */
  readonly account: Account | undefined;
}

export interface EventSource {
  /** In Lambda's words: `Enabled`, `Disabled` and between. */
  readonly state: string;
  readonly uuid: string;
}

/** What only an AWS account has. */
export interface Account {
  readonly stackName: string;
  /** What the bridge's own metrics carry as the dimension `stack`. */
  metricsName(): Promise<string>;
  readonly cloudFormation: Pick<CloudFormationClient, 'send'>;
  readonly cloudWatch: Pick<CloudWatchClient, 'send'>;
}
