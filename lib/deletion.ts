import { RemovalPolicy } from 'aws-cdk-lib';

import type { Settings } from './config.ts';

/** What becomes of queues, ledger, secrets and logs when the stack is deleted or has to replace them: kept, but for a trial. */
export function deletionPolicy({ ephemeral }: Settings): RemovalPolicy {
  return ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
}
