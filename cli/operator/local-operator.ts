import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { join, resolve } from 'node:path';

import { messageOf } from '../../lambda/error-text.ts';
import { ownMember } from '../../lambda/json-value.ts';
import { LocalRunError } from '../../local/local-error.ts';
import { readOperatorFile, TARGET_KINDS } from '../../local/operator-file.ts';
import type { OperatorFile } from '../../local/operator-file.ts';
import { DEFAULT_DATA_FOLDER } from '../../local/start-settings.ts';
import { UsageError } from '../io.ts';
import type { Io } from '../io.ts';
import type { Operator } from './operator.ts';
import { OperatorError } from './operator-error.ts';

/** A bridge on this machine answers at once or isn't there, in milliseconds. */
export const LOCAL_ANSWERS_WITHIN_MS = 5_000;

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
  const file = operatorFileIn(folder);
  if (file === undefined) return undefined;
  const operator = operatorOf(kind, file);
  if (await answers(operator)) return operator;
  operator.close();
  return undefined;
}

function operatorFileIn(folder: string): OperatorFile | undefined {
  try {
    return readOperatorFile(folder);
  } catch (error) {
    if (error instanceof LocalRunError) throw new OperatorError(error.message, { cause: error });
    throw error;
  }
}

function operatorOf(kind: string, { endpoint, region, accessKeyId, url: localUrl, ...file }: OperatorFile): Operator {
  const name = `the local bridge (${kind})`;
  const settings = { endpoint, region, credentials: { accessKeyId, secretAccessKey: 'local' } };
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const sqs = new SQSClient(settings);
  s3.middlewareStack.add(orStopped(name), { step: 'initialize' });
  sqs.middlewareStack.add(orStopped(name), { step: 'initialize' });
  const close = (): void => {
    s3.destroy();
    sqs.destroy();
  };
  return { ...file, name, s3, sqs, localUrl, close };
}

/** Whatever goes wrong, it isn't a running bridge of this file: a killed one left it, and its port may be another's now. */
async function answers({ s3, bucket }: Operator): Promise<boolean> {
  return s3.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: AbortSignal.timeout(LOCAL_ANSWERS_WITHIN_MS) }).then(
    () => true,
    () => false,
  );
}

/** A bridge on this machine that doesn't answer was stopped: no words of AWS's would help. */
function orStopped(name: string) {
  return <Given, Result>(next: (given: Given) => Promise<Result>) =>
    async (given: Given): Promise<Result> => {
      try {
        return await next(given);
      } catch (error) {
        throw hasAnswered(error) ? error : stopped(name, error);
      }
    };
}

/** Refused is as good as no answer: the key is this run's alone, so another bridge has taken its place. */
function hasAnswered(error: unknown): boolean {
  const status = ownMember(ownMember(error, '$metadata'), 'httpStatusCode');
  return status !== undefined && status !== 403;
}

function stopped(name: string, error: unknown): OperatorError {
  const reason = messageOf(error) || (error instanceof Error ? error.name : '');
  return new OperatorError(`${name.replace('the', 'The')} has stopped answering (${reason}). Start it again with npm start, then run this command again; what is queued is kept.`, { cause: error });
}
