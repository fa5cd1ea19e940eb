import { Token } from 'aws-cdk-lib';

import type { SegmentMetronomeBridgeProps } from './bridge-props.ts';
import { loadSettings } from './load-settings.ts';
import { stackProblems } from './settings-rules.ts';
import type { Settings } from './settings-schema.ts';

const ACCOUNT = 'us-east-1:000000000000';
/** Checked in place of a token, whose value nobody knows before it is deployed. */
const STAND_INS: Partial<Record<keyof SegmentMetronomeBridgeProps, string>> = {
  metronomeTokenSecretArn: `arn:aws:secretsmanager:${ACCOUNT}:secret:token`,
  segmentSecretArn: `arn:aws:secretsmanager:${ACCOUNT}:secret:token`,
  endpointTokenSecretArn: `arn:aws:secretsmanager:${ACCOUNT}:secret:token`,
  certificateArn: `arn:aws:acm:${ACCOUNT}:certificate/token`,
};

/**
 * Complete settings of an embedded bridge. Neither `bridge.config.json` nor CDK context has a say: what an app writes, counts.
 *
 * @throws ConfigError that names every prop that can't be deployed
 */
export function settingsFromProps(props: SegmentMetronomeBridgeProps): Settings {
  const tokens = Object.fromEntries(Object.keys(STAND_INS).flatMap((key) => tokenOf(props, key)));
  const standIns = Object.fromEntries(Object.entries(STAND_INS).filter(([key]) => Object.hasOwn(tokens, key)));
  return { ...loadSettings({ props: { ...props, ...standIns }, alsoRefuse: stackProblems }), ...tokens };
}

function tokenOf(props: SegmentMetronomeBridgeProps, key: string): [string, unknown][] {
  return Object.entries(props).filter(([name, value]) => name === key && Token.isUnresolved(value));
}
