import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { join, resolve } from 'node:path';

import { readOperatorFile, TARGET_KINDS } from '../../local/operator-file.ts';
import type { OperatorFile } from '../../local/operator-file.ts';
import { DEFAULT_DATA_FOLDER } from '../../local/start-settings.ts';
import { UsageError } from '../io.ts';
import type { Io } from '../io.ts';
import type { Operator } from './operator.ts';
import { OperatorError } from './operator-error.ts';

/** A bridge on this machine answers at once or isn't there, in milliseconds. */
const ANSWERS_WITHIN_MS = 5_000;

/**
 * The local bridge that runs on the data folder.
 * @param target sandbox or metronome; undefined takes the one that runs
 * @throws UsageError if both run and none is named
 * @throws OperatorError if none runs
 */
export async function openLocalOperator(target: string | undefined, io: Io): Promise<Operator> {
  const folder = io.environment['BRIDGE_DATA'] || DEFAULT_DATA_FOLDER;
  const kinds = TARGET_KINDS.filter((kind) => target === undefined || kind === target);
  const found = await Promise.all(kinds.map((kind) => connect(kind, join(resolve(io.projectFolder, folder), kind))));
  const [running, other] = found.filter((one) => one !== undefined);
  if (running === undefined) throw new OperatorError(`No local bridge${target === undefined ? '' : ` for ${target}`} runs on ${folder}; start one with npm start.`);
  if (other === undefined) return running;
  running.close();
  other.close();
  throw new UsageError(`Two local bridges run on ${folder}: say which with --target sandbox or --target metronome.`);
}

/** Undefined if no bridge answers. */
async function connect(kind: string, folder: string): Promise<Operator | undefined> {
  const file = readOperatorFile(folder);
  if (file === undefined) return undefined;
  const operator = operatorOf(kind, file);
  if (await answers(operator)) return operator;
  operator.close();
  return undefined;
}

function operatorOf(kind: string, { endpoint, region, accessKeyId, bucket, queueUrl, deadLettersUrl, mappingsPath, url }: OperatorFile): Operator {
  const settings = { endpoint, region, credentials: { accessKeyId, secretAccessKey: 'local' } };
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const sqs = new SQSClient(settings);
  const close = (): void => {
    s3.destroy();
    sqs.destroy();
  };
  return { name: `the local bridge (${kind})`, s3, sqs, bucket, queueUrl, deadLettersUrl, mappingsPath, localUrl: url, close };
}

/** Whatever goes wrong, it isn't a running bridge of this file: a killed one left it, and its port may be another's now. */
async function answers({ s3, bucket }: Operator): Promise<boolean> {
  return s3.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).then(
    () => true,
    () => false,
  );
}
