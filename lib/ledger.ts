import { Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

import type { Settings } from './config.ts';
import { deletionPolicy } from './deletion.ts';

export const ARCHIVE_PREFIX = 'archive/';
export const QUARANTINE_PREFIX = 'quarantine/';
/** What the operator's tool has queued again. */
const REPLAYS_PREFIX = 'replays/';

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
