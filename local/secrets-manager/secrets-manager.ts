import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenOnLoopback } from '../http/http-server.ts';
import type { LoopbackServer } from '../http/http-server.ts';
import { isOwnAwsCaller } from '../http/aws-caller.ts';
import type { Report } from '../problem.ts';
import { readBody } from '../http/read-body.ts';
import { secretShelf } from './secret-shelf.ts';
import type { SecretShelf, SecretSeed } from './secret-shelf.ts';
import { sendJson, sendMessage } from '../http/send-json.ts';

const GET_SECRET_VALUE = 'secretsmanager.GetSecretValue';
const MAX_REQUEST_BYTES = 64 * 1024;
const STOP_GRACE_MS = 1_000;

export interface SecretsManagerOptions {
  readonly secrets: Readonly<Record<string, SecretSeed>>;
  /** Whose requests it answers; all others get a 403. */
  readonly accessKeyId: string;
  /** 0 (the default) takes any free port. */
  readonly port?: number;
  readonly report?: Report;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
}

export interface SecretsManager extends LoopbackServer {
  /** Stores a new current version; the value it replaces becomes AWSPREVIOUS. */
  put(name: string, value: string): void;
}

/**
 * A Secrets Manager on 127.0.0.1 that knows one action, GetSecretValue, in the AWS JSON 1.1 protocol
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html), so that the real SDK client works
 * against it through its `endpoint`. Signatures aren't checked.
 */
export async function startSecretsManager(options: SecretsManagerOptions): Promise<SecretsManager> {
  const { secrets, accessKeyId, port = 0, report = () => undefined, now = Date.now } = options;
  const shelf = secretShelf(secrets, now);
  const answerRequest = (request: IncomingMessage, response: ServerResponse): Promise<void> => answer(shelf, accessKeyId, request, response);
  const server = await listenOnLoopback({ port, answer: answerRequest, at: 'secrets-manager', report, stopGraceMs: STOP_GRACE_MS });
  return { ...server, put: (name, value) => shelf.put(name, value) };
}

async function answer(shelf: SecretShelf, accessKeyId: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOwnAwsCaller(request, accessKeyId)) return sendMessage(response, 403, 'Only the bridge of this run may call this.');
  if (request.headers['x-amz-target'] !== GET_SECRET_VALUE) {
    return fail(response, 'UnknownOperationException', 'Only GetSecretValue is served here.');
  }
  const body = await readBody(request, MAX_REQUEST_BYTES);
  if (body.kind === 'cut_off') return;
  if (body.kind !== 'whole') return fail(response, 'InvalidRequestException', 'The request is too large.');
  const asked = readRequest(body.bytes);
  if (asked === undefined) return fail(response, 'InvalidParameterException', 'SecretId must be a string.');

  const found = shelf.find(asked.secretId, asked.stage);
  if (found.kind === 'missing') return fail(response, 'ResourceNotFoundException', found.message);
  const { arn, name, version, stage } = found;
  const json = JSON.stringify({
    ARN: arn,
    Name: name,
    VersionId: version.id,
    SecretString: version.value,
    VersionStages: [stage],
    CreatedDate: version.createdAt.getTime() / 1000,
  });
  sendJson(response, 200, json, { 'content-type': 'application/x-amz-json-1.1' });
}

function readRequest(bytes: Buffer): { readonly secretId: string; readonly stage: string } | undefined {
  const body = parseObject(bytes);
  const { SecretId: secretId, VersionStage: stage = 'AWSCURRENT' } = body ?? {};
  return typeof secretId === 'string' && typeof stage === 'string' ? { secretId, stage } : undefined;
}

function parseObject(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function fail(response: ServerResponse, type: string, message: string): void {
  sendJson(response, 400, JSON.stringify({ __type: type, Message: message }), {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-errortype': type,
  });
}
