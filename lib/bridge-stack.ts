import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import { SegmentMetronomeBridge } from './bridge.ts';
import type { Settings } from './config.ts';

/** The bridge as a stack of its own, for any account and region. */
export class BridgeStack extends Stack {
  readonly bridge: SegmentMetronomeBridge;

  /** @throws ConfigError if the settings can't be deployed or the mappings file is refused */
  constructor(scope: Construct, settings: Settings) {
    super(scope, settings.stackName, {
      description: "Takes Segment's webhooks and bills them in Metronome",
      analyticsReporting: false,
    });
    this.bridge = new SegmentMetronomeBridge(this, 'Bridge', settings);
    this.bridge.addOutputs();
  }
}
