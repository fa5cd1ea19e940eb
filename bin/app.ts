import { App } from 'aws-cdk-lib';

import { BridgeStack } from '../lib/bridge-stack.ts';
import { ConfigError, settingsFromContext } from '../lib/config.ts';

// Synthesised by hand: at exit CDK would write out half an app when the settings are refused.
const app = new App({ autoSynth: false });

try {
  addBridge(app);
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function addBridge(scope: App): BridgeStack {
  return new BridgeStack(scope, settingsFromContext(scope.node));
}
