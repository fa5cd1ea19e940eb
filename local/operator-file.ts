import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { messageOf } from '../lambda/error-text.ts';
import { isObject, ownMember } from '../lambda/json-value.ts';
import { LocalRunError } from './local-error.ts';
import type { Target } from './target.ts';

/** What the operator's tool needs to work with the bridge that runs on a data folder. */
export interface OperatorFile {
  /** Of the process that runs it. */
  readonly pid: number;
  /** The gateway's origin. */
  readonly url: string;
  /** Of SQS and S3; answers no access key but this run's. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly bucket: string;
  readonly queueUrl: string;
  readonly deadLettersUrl: string;
  /** The file it was started with. */
  readonly mappingsPath: string;
  /** What it read there, hex SHA-256: the file may have changed since. */
  readonly mappingsVersion: string;
  /** How long what was delivered or filtered stays in the ledger; 0 keeps none of it. */
  readonly archiveDays: number;
}

/** Each has a data folder of its own. */
export const TARGET_KINDS: readonly Target['kind'][] = ['sandbox', 'metronome'];

const NAME = 'operator.json';
const TEXTS = ['url', 'endpoint', 'region', 'accessKeyId', 'bucket', 'queueUrl', 'deadLettersUrl', 'mappingsPath', 'mappingsVersion'] as const;
const NUMBERS = ['pid', 'archiveDays'] as const;
/** Whoever reads the key may read the customers' events. */
const OWNER_ONLY = 0o600;

/**
 * Leaves word of a running bridge in its data folder, whole or not at all. The result takes it away again.
 * @throws LocalRunError if the folder can't be written to
 */
export function writeOperatorFile(folder: string, file: OperatorFile): () => void {
  const path = join(folder, NAME);
  const draft = `${path}.new`;
  try {
    // A draft that a killed process left would keep the permissions it had.
    rmSync(draft, { force: true });
    writeFileSync(draft, `${JSON.stringify(file, undefined, 2)}\n`, { mode: OWNER_ONLY });
    renameSync(draft, path);
  } catch (error) {
    throw new LocalRunError(`The data folder ${folder} can't be written to (${messageOf(error)}). Set BRIDGE_DATA to a folder you can write to.`);
  }
  return () => rmSync(path, { force: true });
}

/**
 * What the bridge on this folder left; undefined if none did. A killed one may have left it: only its endpoint knows.
 * @throws LocalRunError if something else stands there, or it belongs to somebody else
 */
export function readOperatorFile(folder: string): OperatorFile | undefined {
  const path = join(folder, NAME);
  try {
    return operatorFile(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const code = ownMember(error, 'code');
    if (error instanceof SyntaxError || code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const problem = code === 'EISDIR' ? 'is a folder, not a file' : `can't be read (${messageOf(error)})`;
    throw new LocalRunError(`${path} ${problem}. Move it away, and start the bridge with npm start.`);
  }
}

function operatorFile(value: unknown): OperatorFile | undefined {
  return isOperatorFile(value) ? value : undefined;
}

function isOperatorFile(value: unknown): value is OperatorFile {
  return isObject(value) && NUMBERS.every((name) => typeof value[name] === 'number') && TEXTS.every((name) => typeof value[name] === 'string');
}
