import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import { INGEST_TIMEOUT_SECONDS } from '../lambda/limits.ts';
import type { Settings } from './config.ts';
import { BridgeFunction } from './function.ts';
import type { Secrets } from './secrets.ts';

export interface IngestProps {
  readonly settings: Settings;
  readonly events: IQueue;
  readonly secrets: Secrets;
}

/** Proves the sender and stores each event as a message. */
export class Ingest extends BridgeFunction {
  constructor(scope: Construct, id: string, { settings, events, secrets }: IngestProps) {
    super(scope, id, {
      settings,
      service: 'ingest',
      description: "Proves Segment's webhooks and stores their events in the queue",
      memorySizeMb: 256,
      timeoutSeconds: INGEST_TIMEOUT_SECONDS,
      environment: {
        QUEUE_URL: events.queueUrl,
        SEGMENT_SECRET_ARN: secrets.segment.arn,
        ENDPOINT_TOKEN_SECRET_ARN: secrets.endpointToken.arn,
        PREVIOUS_SECRET_HOURS: String(settings.previousSecretHours),
      },
      allowed: [
        { actions: ['sqs:SendMessage'], resources: [events.queueArn] },
        { actions: ['secretsmanager:GetSecretValue'], resources: [...secrets.segment.grantArns, ...secrets.endpointToken.grantArns] },
      ],
    });
  }
}
