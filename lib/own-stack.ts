import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Of a construct's address, as much as keeps the bridges of one stack apart. */
const ADDRESS_CHARS = 8;

/** What tells the bridges within one stack apart; none for that of our own stack, whose names must stay as they are. */
export function apartFromOthers(bridge: Construct): string | undefined {
  const isOurStacks = bridge.node.path === `${Stack.of(bridge).node.path}/Bridge`;
  return isOurStacks ? undefined : bridge.node.addr.slice(-ADDRESS_CHARS);
}
