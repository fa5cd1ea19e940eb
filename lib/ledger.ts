import { Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

import { acknowledge } from './acknowledge.ts';
import type { Settings } from './config.ts';
import { deletionPolicy } from './deletion.ts';

export const ARCHIVE_PREFIX = 'archive/';
export const QUARANTINE_PREFIX = 'quarantine/';
/** What the operator's tool has queued again. */
const REPLAYS_PREFIX = 'replays/';

const NOT_LOGGED_HERE =
  'S3 delivers server access logs hours late and without guarantee, into a second bucket that holds senders of requests and outlives the stack. ' +
  "Who reads the ledger is better asked of CloudTrail: data events for this bucket, in the account's own trail (docs/security.md has the command).";

/** The bucket in which every event's fate can be looked up. */
export class Ledger extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: false,
      lifecycleRules: lifecycleRules(settings),
      removalPolicy: deletionPolicy(settings),
    });
    acknowledge(this.bucket, 'S1', NOT_LOGGED_HERE);
  }
}

function lifecycleRules({ archiveDays, quarantineDays }: Settings): LifecycleRule[] {
  const quarantine = { id: 'quarantine', prefix: QUARANTINE_PREFIX, expiration: Duration.days(quarantineDays) };
  const uploads = { id: 'uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) };
  // Switched off, it still clears away what was archived before.
  const archive = { id: 'archive', prefix: ARCHIVE_PREFIX, expiration: Duration.days(Math.max(1, archiveDays)) };
  // A record is younger than the line it speaks of, so it outlives that: nothing is taken for open that was replayed.
  const replays = { id: 'replays', prefix: REPLAYS_PREFIX, expiration: Duration.days(Math.max(archiveDays, quarantineDays)) };
  return [archive, quarantine, replays, uploads];
}
