import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';

import { ConfigError } from './config-error.ts';
import { stackDimension } from './metrics.ts';
import type { Settings } from './settings-schema.ts';

/** What CloudFormation takes in an output's name: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html */
const ALPHANUMERIC = /^[A-Za-z0-9]*$/;

/** What the bridge shares with others. Those brought along by ARN are here, too. */
export interface BridgeSecrets {
  /** Shared with Segment, which signs with it. */
  readonly segment: ISecret;
  /** Shared with Segment, which sends it as a header. */
  readonly endpointToken: ISecret;
  /** Metronome's API token. */
  readonly metronomeToken: ISecret;
}

/** What of a bridge its outputs tell. */
export interface ToldBridge extends IConstruct {
  readonly webhookUrl: string;
  readonly domainTarget: string | undefined;
  readonly dashboardUrl: string;
  readonly mappingsVersion: string;
  readonly secrets: BridgeSecrets;
  readonly events: IQueue;
  readonly deadLetters: IQueue;
  readonly ledger: IBucket;
}

/**
 * What the operator's tool finds a bridge by, as outputs of its stack under exactly these names.
 *
 * @throws ConfigError if the stack can't have them under this prefix
 */
export function addBridgeOutputs(bridge: ToldBridge, { archiveDays }: Settings, prefix: string): void {
  if (!ALPHANUMERIC.test(prefix)) throw new ConfigError([`addOutputs: the prefix is ${JSON.stringify(prefix)}; expected letters and digits alone`]);
  const stack = Stack.of(bridge);
  const outputs = Object.entries(outputsOf(bridge, archiveDays)).map(([name, { value, description }]) => ({ name: `${prefix}${name}`, value, description }));
  const taken = outputs.map(({ name }) => name).filter((name) => stack.node.tryFindChild(name) !== undefined);
  if (taken.length > 0) throw new ConfigError([`addOutputs: the stack ${stack.stackName} has ${taken.join(', ')} already; give addOutputs another prefix, or remove what is there`]);
  for (const { name, value, description } of outputs) {
    if (value !== undefined) new CfnOutput(stack, name, { value, description }).overrideLogicalId(name);
  }
}

interface Told {
  /** Undefined if this bridge has none. */
  readonly value: string | undefined;
  readonly description: string;
}

function outputsOf(bridge: ToldBridge, archiveDays: number): Readonly<Record<string, Told>> {
  const { secrets, events, deadLetters, ledger } = bridge;
  return {
    WebhookUrl: { value: bridge.webhookUrl, description: "Where Segment's webhook destination has to send" },
    SegmentSecretArn: { value: secrets.segment.secretArn, description: "The secret whose value is the shared secret of Segment's webhook destination" },
    EndpointTokenSecretArn: { value: secrets.endpointToken.secretArn, description: 'The secret whose value goes, after "Bearer ", into the Authorization header in Segment' },
    MetronomeTokenSecretArn: { value: secrets.metronomeToken.secretArn, description: 'The secret that has to hold the API token of Metronome' },
    QueueUrl: { value: events.queueUrl, description: 'Events that wait for their fate' },
    DeadLetterQueueUrl: { value: deadLetters.queueUrl, description: 'Events over which the forward function died; it should stay empty' },
    LedgerBucketName: { value: ledger.bucketName, description: "Every event's fate: archive/ and quarantine/" },
    DashboardUrl: { value: bridge.dashboardUrl, description: 'The bridge at a glance' },
    MappingsVersion: { value: bridge.mappingsVersion, description: 'The mappings that forward uses, as the ledger names them' },
    ArchiveDays: { value: String(archiveDays), description: 'How long delivered and filtered events can be looked up; 0: not at all' },
    MetricsName: { value: stackDimension(bridge), description: "What the bridge's metrics carry as their dimension stack" },
    DomainTarget: { value: bridge.domainTarget, description: "What the domain's CNAME or alias record has to point at" },
  };
}
