import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { GetSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSecretsManager } from '../../../local/secrets-manager/secrets-manager.ts';
import type { SecretsManager } from '../../../local/secrets-manager/secrets-manager.ts';
import { rawRequest } from '../http/raw-request.ts';

const CREATED = new Date('2026-09-14T08:15:30.250Z');
const ROTATED = new Date('2026-10-01T00:00:00.000Z');

const OWN = 'AWS4-HMAC-SHA256 Credential=local/20261001/us-east-1/secretsmanager/aws4_request';

let manager: SecretsManager;
let client: SecretsManagerClient;

beforeEach(async () => {
  manager = await startSecretsManager({
    secrets: { segment: { value: 'first', createdAt: CREATED }, token: { value: undefined, createdAt: CREATED } },
    accessKeyId: 'local',
    now: () => ROTATED.getTime(),
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SecretsManagerClient({ endpoint: manager.url, region: 'us-east-1', credentials });
});

afterEach(async () => {
  client.destroy();
  await manager.stop();
});

function get(SecretId: string, VersionStage?: string): Promise<GetSecretValueCommandOutput> {
  return client.send(new GetSecretValueCommand({ SecretId, VersionStage }));
}

describe('GetSecretValue', () => {
  it('answers the current version by name and by ARN', async () => {
    const byName = await get('segment');
    const byArn = await get(byName.ARN ?? '');

    expect(byName).toMatchObject({
      ARN: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:\d{12}:secret:segment-\w{6}$/),
      Name: 'segment',
      VersionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      SecretString: 'first',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: CREATED,
    });
    expect(byArn).toMatchObject({ SecretString: 'first', VersionId: byName.VersionId });
  });

  it('keeps the value a put replaces as AWSPREVIOUS, and only that one', async () => {
    const first = await get('segment');
    manager.put('segment', 'second');

    expect(await get('segment')).toMatchObject({ SecretString: 'second', VersionStages: ['AWSCURRENT'], CreatedDate: ROTATED });
    expect(await get('segment', 'AWSPREVIOUS')).toMatchObject({
      SecretString: 'first',
      VersionStages: ['AWSPREVIOUS'],
      CreatedDate: CREATED,
      VersionId: first.VersionId,
    });

    manager.put('segment', 'third');
    expect(await get('segment', 'AWSPREVIOUS')).toMatchObject({ SecretString: 'second' });
  });

  it('gives a first value to a secret that had none, without a previous one', async () => {
    manager.put('token', 'value');

    expect(await get('token')).toMatchObject({ SecretString: 'value' });
    await expect(get('token', 'AWSPREVIOUS')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each([
    ['an unknown secret', 'unknown', undefined, "can't find the specified secret."],
    ['a secret without a value', 'token', undefined, 'staging label: AWSCURRENT'],
    ['a secret that was never replaced', 'segment', 'AWSPREVIOUS', 'staging label: AWSPREVIOUS'],
    ['an unknown label', 'segment', 'AWSPENDING', 'staging label: AWSPENDING'],
  ])('refuses %s', async (_, secretId, stage, message) => {
    await expect(get(secretId, stage)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 400 },
    });
  });

  it.each(['', '{', '[]', 'null', '{"SecretId":1}', '{"SecretId":"segment","VersionStage":1}'])('refuses the body %j', async (body) => {
    const answer = await rawRequest(manager.url, { method: 'POST', headers: { 'x-amz-target': 'secretsmanager.GetSecretValue', authorization: OWN }, body });

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ __type: 'InvalidParameterException' });
  });
});

describe('other requests', () => {
  it('refuses another action by its name', async () => {
    await expect(client.send(new ListSecretsCommand({}))).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });

  it.each<[string, Record<string, string>]>([
    ['a foreign host, as a web page has', { host: 'evil.example', authorization: OWN }],
    ['no credential', {}],
    ['the key of another run', { authorization: OWN.replace('local', 'other') }],
  ])('shows no secret to %s', async (_, shown) => {
    const headers = { 'x-amz-target': 'secretsmanager.GetSecretValue', ...shown };
    const answer = await rawRequest(manager.url, { method: 'POST', headers, body: '{"SecretId":"segment"}' });

    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain('first');
  });
});
