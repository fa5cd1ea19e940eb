import { CfnElement, Duration, Stack } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import { acknowledge } from './acknowledge.ts';
import { bundledLiquid } from './bundled-liquid.ts';
import type { Settings } from './config.ts';
import { copyIntoBundle } from './copy-hook.ts';
import { BridgeFunction } from './function.ts';
import { ARCHIVE_PREFIX, QUARANTINE_PREFIX } from './ledger.ts';
import type { MappingsFile } from './mappings-file.ts';
import type { Secrets } from './secrets.ts';

export interface ForwarderProps {
  readonly settings: Settings;
  readonly mappings: MappingsFile;
  readonly events: IQueue;
  readonly bucket: IBucket;
  readonly secrets: Secrets;
}

/** Maps the queue's events, sends them to Metronome and gives each a fate. */
export class Forwarder extends BridgeFunction {
  readonly source: EventSourceMapping;

  constructor(scope: Construct, id: string, { settings, mappings, events, bucket, secrets }: ForwarderProps) {
    super(scope, id, {
      settings,
      service: 'forward',
      description: 'Maps the events of the queue, sends them to Metronome and records their fates',
      memorySizeMb: 512,
      timeoutSeconds: settings.forwardTimeoutSeconds,
      environment: {
        QUEUE_URL: events.queueUrl,
        METRONOME_TOKEN_SECRET_ARN: secrets.metronomeToken.arn,
        METRONOME_BASE_URL: settings.metronomeBaseUrl,
        METRONOME_EVENTS_PER_SECOND: String(settings.metronomeEventsPerSecond),
        MAX_CONCURRENCY: String(settings.maxConcurrency),
        LEDGER_BUCKET: bucket.bucketName,
        ARCHIVE_DAYS: String(settings.archiveDays),
        RETRY_DELAYS_MINUTES: settings.retryDelaysMinutes.join(','),
        VISIBILITY_TIMEOUT_SECONDS: String(settings.visibilityTimeoutSeconds),
        MAPPINGS_VERSION: mappings.version,
      },
      allowed: [
        { actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'], resources: [events.queueArn] },
        { actions: ['secretsmanager:GetSecretValue'], resources: secrets.metronomeToken.grantArns },
        { actions: ['s3:PutObject'], resources: [ARCHIVE_PREFIX, QUARANTINE_PREFIX].map((prefix) => bucket.arnForObjects(`${prefix}*`)) },
      ],
      commandHooks: copyIntoBundle([{ from: mappings.path, to: 'mappings.json' }, ...bundledLiquid(mappings)]),
    });
    // Not SqsEventSource: it would widen the role.
    this.source = new EventSourceMapping(this, 'Source', {
      target: this.function,
      eventSourceArn: events.queueArn,
      batchSize: settings.batchSize,
      maxBatchingWindow: Duration.seconds(settings.batchWindowSeconds),
      maxConcurrency: settings.maxConcurrency,
      reportBatchItemFailures: true,
      enabled: !settings.paused,
    });
    this.#acknowledgeKeys(bucket);
  }

  #acknowledgeKeys(bucket: IBucket): void {
    const resource = bucket.node.defaultChild;
    if (!CfnElement.isCfnElement(resource)) return;
    for (const prefix of [ARCHIVE_PREFIX, QUARANTINE_PREFIX]) {
      acknowledge(
        this,
        `IAM5[Resource::<${Stack.of(this).getLogicalId(resource)}.Arn>/${prefix}*]`,
        `Forward writes a new object under ${prefix} in each run, its key made from date, hour and a random part; it may only put objects there, neither read, list nor delete.`,
      );
    }
  }
}
