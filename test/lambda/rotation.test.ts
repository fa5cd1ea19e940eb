import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from '@jest/globals';

import { createSecretSource, SECRET_MAX_AGE_MS } from '../../lambda/secrets.ts';

/** The steps of docs/operations.md, against a secret that moves its stages as Secrets Manager does. */

const HOUR_MS = 60 * 60_000;
type Stage = 'AWSCURRENT' | 'AWSPREVIOUS';

function secretOf(first: string) {
  let now = Date.parse('2026-11-22T12:00:00Z');
  const versions: { readonly value: string; readonly createdAt: Date }[] = [];
  const stages = new Map<Stage, number>();

  /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html */
  function move(stage: Stage, version: number): void {
    const left = stages.get('AWSCURRENT');
    if (stage === 'AWSCURRENT' && left !== undefined) stages.set('AWSPREVIOUS', left);
    stages.set(stage, version);
  }
  const put = (value: string): void => move('AWSCURRENT', versions.push({ value, createdAt: new Date(now) }) - 1);

  async function send(command: unknown): Promise<unknown> {
    const stage = command instanceof GetSecretValueCommand ? command.input.VersionStage : undefined;
    const version = versions[stages.get(stage as Stage) ?? -1];
    if (version === undefined) throw new ResourceNotFoundException({ message: 'no such version', $metadata: {} });
    return { SecretString: version.value, CreatedDate: version.createdAt };
  }
  const source = createSecretSource({ client: { send: send as never }, secretId: 'id', previousSecretHours: 72, now: () => now });
  put(first);
  return {
    put,
    move,
    pass: (milliseconds: number) => void (now += milliseconds),
    live: async () => (await source.read()).map(({ value }) => value),
  };
}

/** An old value in use for a month, and known to ingest. */
async function inUse() {
  const secret = secretOf('old');
  secret.pass(30 * 24 * HOUR_MS);
  await secret.live();
  return secret;
}

describe('a secret, rotated as docs/operations.md says', () => {
  it('keeps the old value for 72 hours, and not longer', async () => {
    const secret = await inUse();
    secret.put('new');
    secret.pass(SECRET_MAX_AGE_MS);

    expect(await secret.live()).toEqual(['new', 'old']);
    secret.pass(72 * HOUR_MS);
    expect(await secret.live()).toEqual(['new']);
  });

  it('still takes the old value after a mistyped put, and loses it by one more', async () => {
    const secret = await inUse();
    secret.put('mistyped');
    secret.pass(SECRET_MAX_AGE_MS);

    expect(await secret.live()).toEqual(['mistyped', 'old']);
    secret.put('right');
    secret.pass(SECRET_MAX_AGE_MS);
    expect(await secret.live()).toEqual(['right', 'mistyped']);
  });

  it('goes back to the old value alone, and from there on to the right one', async () => {
    const secret = await inUse();
    secret.put('mistyped');
    secret.move('AWSCURRENT', 0);
    secret.pass(SECRET_MAX_AGE_MS);

    expect(await secret.live()).toEqual(['old']);
    secret.put('right');
    secret.pass(SECRET_MAX_AGE_MS);
    expect(await secret.live()).toEqual(['right', 'old']);
  });

  it('brings the old value back as the previous one if it was put again already', async () => {
    const secret = await inUse();
    secret.put('mistyped');
    secret.put('right');
    secret.move('AWSPREVIOUS', 0);
    secret.pass(SECRET_MAX_AGE_MS);

    expect(await secret.live()).toEqual(['right', 'old']);
  });

  it('revokes a leaked value within five minutes when the new one is put twice', async () => {
    const secret = await inUse();
    secret.put('new');
    secret.put('new');

    expect(await secret.live()).toEqual(['old']);
    secret.pass(SECRET_MAX_AGE_MS);
    expect(await secret.live()).toEqual(['new', 'new']);
  });
});
