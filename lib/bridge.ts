import { resolve } from 'node:path';

import { Annotations, Lazy, Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import { Alarms } from './alarms.ts';
import type { SegmentMetronomeBridgeProps } from './bridge-props.ts';
import { settingsWarnings } from './config.ts';
import type { Settings } from './config.ts';
import { BridgeDashboard } from './dashboard.ts';
import { EventQueue } from './event-queue.ts';
import { Forwarder } from './forwarder.ts';
import { Ingest } from './ingest.ts';
import { Ledger } from './ledger.ts';
import { readMappingsFile, warningsOf } from './mappings-file.ts';
import { addBridgeOutputs } from './outputs.ts';
import type { BridgeSecrets } from './outputs.ts';
import { Secrets } from './secrets.ts';
import { settingsFromProps } from './settings-from-props.ts';
import { WebhookApi } from './webhook-api.ts';

export { ConfigError } from './config-error.ts';
export type { SegmentMetronomeBridgeProps } from './bridge-props.ts';
export type { BridgeSecrets } from './outputs.ts';

/**
 * The whole bridge, from the webhook to Metronome, for an app of your own. Its parts are there for your own alarms and grants.
 *
 * @throws ConfigError if a prop can't be deployed or the mappings file is refused
 */
export class SegmentMetronomeBridge extends Construct {
  /** Where Segment's webhook destination has to send. */
  readonly webhookUrl: string;
  /** With `domainName`: what its CNAME or alias record has to point at. */
  readonly domainTarget: string | undefined;
  readonly dashboardUrl: string;
  /** Hash of the mappings file: stands in the ledger beside each fate. */
  readonly mappingsVersion: string;
  readonly secrets: BridgeSecrets;
  /** Events that wait for their fate. */
  readonly events: Queue;
  /** Events over which forward died; it should stay empty. */
  readonly deadLetters: Queue;
  /** Every event's fate, below `archive/` and `quarantine/`. */
  readonly ledger: Bucket;
  /** Told of every alarm. */
  readonly alarmTopic: Topic;
  readonly ingest: LambdaFunction;
  readonly forward: LambdaFunction;
  readonly #settings: Settings;
  #outputPrefix = '';

  constructor(scope: Construct, id: string, props: SegmentMetronomeBridgeProps = {}) {
    super(scope, id);
    const settings = settingsFromProps(props);
    const mappings = readMappingsFile(resolve(settings.mappings));
    for (const warning of [...settingsWarnings(settings), ...warningsOf(mappings)]) Annotations.of(this).addWarning(warning);

    const secrets = new Secrets(this, 'Secrets', settings);
    const { events, deadLetters } = new EventQueue(this, 'Queue', settings);
    const { bucket } = new Ledger(this, 'Ledger', settings);
    const ingest = new Ingest(this, 'Ingest', { settings, events, secrets }).function;
    const forward = new Forwarder(this, 'Forward', { settings, mappings, events, bucket, secrets }).function;
    const webhook = new WebhookApi(this, 'Webhook', { settings, ingest });
    // Outputs are added later, if at all.
    const flags = `--stack ${Stack.of(this).stackName}${Lazy.string({ produce: () => (this.#outputPrefix === '' ? '' : ` --prefix ${this.#outputPrefix}`) })}`;
    const watched = { settings, api: webhook.api, ingest, forward, events, deadLetters, bridge: (command: string) => `npm run bridge -- ${command} ${flags}` };

    this.alarmTopic = new Alarms(this, 'Alarms', watched).topic;
    this.dashboardUrl = new BridgeDashboard(this, 'Dashboard', watched).url;
    this.mappingsVersion = mappings.version;
    this.webhookUrl = webhook.webhookUrl;
    this.domainTarget = webhook.domainTarget;
    this.secrets = { segment: secrets.segment.secret, endpointToken: secrets.endpointToken.secret, metronomeToken: secrets.metronomeToken.secret };
    this.events = events;
    this.deadLetters = deadLetters;
    this.ledger = bucket;
    this.ingest = ingest;
    this.forward = forward;
    this.#settings = settings;
  }

  /**
   * Adds what this bridge is, as outputs of its stack: `WebhookUrl`, `QueueUrl` and so on (docs/settings.md). The operator's
   * tool finds it by them: without, neither `npm run bridge` nor the commands in the alarms work.
   *
   * @param prefix put before each name, letters and digits alone: one for each bridge of the stack. The tool takes it as `--prefix`
   * @throws ConfigError if the prefix can't be used, or the stack has such an output already
   */
  addOutputs(prefix = ''): void {
    addBridgeOutputs(this, this.#settings, prefix);
    this.#outputPrefix = prefix;
  }
}
