import { resolve } from 'node:path';

import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';

import { Alarms } from './alarms.ts';
import { ConfigError, settingsWarnings } from './config.ts';
import type { Settings } from './config.ts';
import { BridgeDashboard } from './dashboard.ts';
import { EventQueue } from './event-queue.ts';
import { Forwarder } from './forwarder.ts';
import { Ingest } from './ingest.ts';
import { Ledger } from './ledger.ts';
import { readMappingsFile, warningsOf } from './mappings-file.ts';
import { Secrets } from './secrets.ts';
import { refuseForStack } from './settings-rules.ts';
import { WebhookApi } from './webhook-api.ts';

/**
 * The whole bridge, from the webhook to Metronome. Its settings are its only input.
 *
 * @throws ConfigError if the settings can't be deployed or the mappings file is refused
 */
export class SegmentMetronomeBridge extends Construct {
  readonly secrets: Secrets;
  readonly queue: EventQueue;
  readonly ledger: Ledger;
  readonly ingest: Ingest;
  readonly forwarder: Forwarder;
  readonly webhook: WebhookApi;
  readonly alarms: Alarms;
  readonly dashboard: BridgeDashboard;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const problems = refuseForStack(settings);
    if (problems.length > 0) throw new ConfigError(problems);
    const mappings = readMappingsFile(resolve(settings.mappings));
    for (const warning of [...settingsWarnings(settings), ...warningsOf(mappings)]) Annotations.of(this).addWarning(warning);

    this.secrets = new Secrets(this, 'Secrets', settings);
    this.queue = new EventQueue(this, 'Queue', settings);
    this.ledger = new Ledger(this, 'Ledger', settings);
    const { events, deadLetters } = this.queue;
    this.ingest = new Ingest(this, 'Ingest', { settings, events, secrets: this.secrets });
    this.forwarder = new Forwarder(this, 'Forward', { settings, mappings, events, bucket: this.ledger.bucket, secrets: this.secrets });
    this.webhook = new WebhookApi(this, 'Webhook', { settings, ingest: this.ingest.function });
    const watched = { settings, api: this.webhook.api, ingest: this.ingest.function, forward: this.forwarder.function, events, deadLetters };
    this.alarms = new Alarms(this, 'Alarms', watched);
    this.dashboard = new BridgeDashboard(this, 'Dashboard', watched);
  }
}
