import { Aws, Duration, Fn } from 'aws-cdk-lib';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import type { QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import { SQS_MAX_RETENTION_DAYS } from '../lambda/limits.ts';
import type { Settings } from './config.ts';
import { deletionPolicy } from './deletion.ts';
import { apartFromOthers } from './own-stack.ts';

/** Where accepted events wait until they have a fate, and where they end when even trying crashes. */
export class EventQueue extends Construct {
  readonly events: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const common: QueueProps = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(SQS_MAX_RETENTION_DAYS),
      removalPolicy: deletionPolicy(settings),
    };
    // Each queue names the other in its policy, so one name has to be known beforehand. The stack's own unique id is in it:
    // a queue retained from a deleted stack never stands in the way of the next.
    const apart = apartFromOthers(scope);
    const eventsName = Fn.join('-', ['bridge-events', Fn.select(2, Fn.split('/', Aws.STACK_ID)), ...(apart === undefined ? [] : [apart])]);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...common,
      redriveAllowPolicy: {
        redrivePermission: RedrivePermission.BY_QUEUE,
        sourceQueues: [Queue.fromQueueArn(this, 'Source', `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${eventsName}`)],
      },
    });
    this.events = new Queue(this, 'Events', {
      ...common,
      queueName: eventsName,
      visibilityTimeout: Duration.seconds(settings.visibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: settings.maxReceiveCount },
    });
  }
}
