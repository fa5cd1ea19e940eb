import { CfnOutput, Stack } from 'aws-cdk-lib';
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
    const { secrets, events, deadLetters, ledger, webhookUrl, domainTarget, dashboardUrl, mappingsVersion } = this.bridge;
    this.#output('WebhookUrl', webhookUrl, "Where Segment's webhook destination has to send");
    this.#output('SegmentSecretArn', secrets.segment.secretArn, "The secret whose value is the shared secret of Segment's webhook destination");
    this.#output('EndpointTokenSecretArn', secrets.endpointToken.secretArn, 'The secret whose value goes, after "Bearer ", into the Authorization header in Segment');
    this.#output('MetronomeTokenSecretArn', secrets.metronomeToken.secretArn, 'The secret that has to hold the API token of Metronome');
    this.#output('QueueUrl', events.queueUrl, 'Events that wait for their fate');
    this.#output('DeadLetterQueueUrl', deadLetters.queueUrl, 'Events over which the forward function died; it should stay empty');
    this.#output('LedgerBucketName', ledger.bucketName, "Every event's fate: archive/ and quarantine/");
    this.#output('DashboardUrl', dashboardUrl, 'The bridge at a glance');
    this.#output('MappingsVersion', mappingsVersion, 'The mappings that forward uses, as the ledger names them');
    this.#output('ArchiveDays', String(settings.archiveDays), 'How long delivered and filtered events can be looked up; 0: not at all');
    if (domainTarget !== undefined) this.#output('DomainTarget', domainTarget, "What the domain's CNAME or alias record has to point at");
  }

  #output(name: string, value: string, description: string): void {
    const output = new CfnOutput(this, name, { value, description });
    output.overrideLogicalId(name);
  }
}
