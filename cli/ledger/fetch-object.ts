import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';

import { isObject } from '../../lambda/json-value.ts';
import { asOperatorError } from '../operator/aws-problem.ts';
import type { Operator } from '../operator/operator.ts';
import { DamagedObject } from './damaged-object.ts';
import type { LedgerObject } from './plan-ledger.ts';

/**
 * Far more than one invocation can write, in bytes, compressed: an object over this is somebody else's, and would only
 * fill the memory.
 */
const MAX_OBJECT_BYTES = 64 * 1024 * 1024;
/** The SDK tries again to get an answer; a body that breaks off is up to us. */
const TRIES = 3;

/**
 * An object's bytes as stored.
 * @throws DamagedObject if it is gone or not the ledger's
 * @throws OperatorError if the bucket can't be read
 */
export async function fetchObject({ s3, bucket }: Pick<Operator, 's3' | 'bucket'>, { key, bytes }: LedgerObject): Promise<Uint8Array> {
  if (bytes > MAX_OBJECT_BYTES) throw new DamagedObject(key, 'is larger than any object of the ledger');
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if (error instanceof NoSuchKey) throw new DamagedObject(key, 'was deleted after it was listed', { cause: error });
      if (attempt === TRIES || hasAnswer(error)) throw asOperatorError(error, `The bucket ${bucket}`);
    }
  }
}

/** AWS said no: it will do so again. */
function hasAnswer(error: unknown): boolean {
  return isObject(error) && '$metadata' in error;
}
