import { join } from 'node:path';

import { App, Duration, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';

// The construct has no package of its own yet, so this is a path into a clone. From a package it will be
// import { ConfigError, SegmentMetronomeBridge } from 'segment-metronome-bridge';
import { ConfigError, SegmentMetronomeBridge } from '../../lib/bridge.ts';

// Synthesised by hand: at exit CDK would write out half an app when the props are refused.
const app = new App({ autoSynth: false });

try {
  addBilling(app);
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** A stack of your own, with the bridge as one part of it. */
function addBilling(scope: App): void {
  const stack = new Stack(scope, 'Billing');
  const bridge = new SegmentMetronomeBridge(stack, 'UsageBridge', {
    mappings: join(import.meta.dirname, 'mappings.json'),
    // A secret that your platform keeps already; it could as well be one made in this app.
    metronomeTokenSecretArn: Secret.fromSecretNameV2(stack, 'MetronomeToken', 'billing/metronome-token').secretArn,
    archiveDays: 60,
    quarantineDays: 180,
  });
  addPager(bridge);
  addOnCall(stack, bridge);
  // By these the operator's tool finds the bridge. Of two bridges in a stack each needs a prefix: addOutputs('Usage').
  bridge.addOutputs();
}

/** The bridge's own alarms go to your pager, and one more of yours: more events waiting than you would bear. */
function addPager({ alarmTopic, events }: SegmentMetronomeBridge): void {
  alarmTopic.addSubscription(new UrlSubscription('https://pager.example.com/sns'));
  const waiting = events.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }).createAlarm(events, 'ManyWaiting', {
    alarmDescription: "Over 100,000 events wait in the queue. Look at the bridge's dashboard: is Metronome down, or the rate too low?",
    threshold: 100_000,
    evaluationPeriods: 3,
  });
  waiting.addAlarmAction(new SnsAction(alarmTopic));
}

/** Whoever is on call may look events up, and nothing else. */
function addOnCall(stack: Stack, bridge: SegmentMetronomeBridge): void {
  const onCall = new Role(stack, 'BridgeOnCall', { assumedBy: new AccountRootPrincipal(), description: 'Reads the ledger of the bridge' });
  bridge.ledger.grantRead(onCall);
}
