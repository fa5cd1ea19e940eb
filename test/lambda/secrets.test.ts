import { describe, expect, it } from '@jest/globals';
import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import { createSecretSource, REREAD_GAP_MS, SECRET_MAX_AGE_MS, SECRET_RETRY_MS, SECRET_TIMEOUT_MS } from '../../lambda/secrets.ts';
import type { SecretSource } from '../../lambda/secrets.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-11-22T10:00:00Z');

interface Shelf {
  current?: string | undefined;
  previous?: string | undefined;
  createdAt: number;
  failure?: Error | undefined;
}

interface Fixture {
  readonly source: SecretSource;
  readonly shelf: Shelf;
  readonly clock: { now: number };
  /** Stages asked for, in order. */
  readonly asked: string[];
  readonly stale: unknown[];
}

/** A Secrets Manager that answers as AWS does: a stage without a version is ResourceNotFoundException. */
function fixture(shelf: Partial<Shelf>, previousSecretHours = 72): Fixture {
  const full: Shelf = { createdAt: START, ...shelf };
  const clock = { now: START };
  const asked: string[] = [];
  const stale: unknown[] = [];
  const send = async (command: unknown): Promise<unknown> => {
    if (!(command instanceof GetSecretValueCommand)) throw new TypeError('unexpected command');
    asked.push(command.input.VersionStage ?? '');
    await Promise.resolve();
    if (full.failure !== undefined) throw full.failure;
    const value = command.input.VersionStage === 'AWSCURRENT' ? full.current : full.previous;
    if (value === undefined) throw new ResourceNotFoundException({ message: 'no such version', $metadata: {} });
    return { SecretString: value, CreatedDate: new Date(full.createdAt) };
  };
  const client = { send } as unknown as Pick<SecretsManagerClient, 'send'>;
  const source = createSecretSource({ client, secretId: 'arn', previousSecretHours, now: () => clock.now, onStale: (error) => stale.push(error) });
  return { source, shelf: full, clock, asked, stale };
}

const values = async (reading: ReturnType<SecretSource['read']>): Promise<string[]> => (await reading).map(({ value }) => value);

describe('createSecretSource', () => {
  it('gives both versions, newest first', async () => {
    const { source } = fixture({ current: 'new', previous: 'old' });

    expect(await source.read()).toMatchObject([
      { value: 'new', stage: 'AWSCURRENT' },
      { value: 'old', stage: 'AWSPREVIOUS' },
    ]);
  });

  it.each([
    ['a newline', 'secret\n', ['secret']],
    ['a Windows newline', 'secret\r\n', ['secret']],
    ['only one newline', 'secret\n\n', ['secret\n']],
    ['nothing', '', []],
    ['nothing but a newline', '\n', []],
  ])('trims and drops: %s', async (_, current, expected) => {
    expect(await values(fixture({ current }).source.read())).toEqual(expected);
  });

  it('has no live version while none was ever set, and finds it soon after it is', async () => {
    const { source, shelf, clock } = fixture({});
    expect(await source.read()).toEqual([]);

    shelf.current = 'first';
    clock.now += SECRET_RETRY_MS - 1;
    expect(await source.read()).toEqual([]);
    clock.now += 1;
    expect(await values(source.read())).toEqual(['first']);
  });

  it('lets the previous version die to the millisecond, even between two reads', async () => {
    const { source, clock } = fixture({ current: 'new', previous: 'old', createdAt: START - 72 * HOUR_MS + 1_000 });
    clock.now = START + 999;
    expect(await values(source.read())).toEqual(['new', 'old']);

    clock.now = START + 1_000;
    expect(await values(source.read())).toEqual(['new']);
  });

  it('never asks for a previous version that could not be live', async () => {
    const never = fixture({ current: 'new', previous: 'old' }, 0);
    const tooOld = fixture({ current: 'new', previous: 'old', createdAt: START - 72 * HOUR_MS });

    expect(await values(never.source.read())).toEqual(['new']);
    expect(await values(tooOld.source.read())).toEqual(['new']);
    expect([...never.asked, ...tooOld.asked]).toEqual(['AWSCURRENT', 'AWSCURRENT']);
  });

  it('asks once for many readers, and again only when the read has aged', async () => {
    const { source, asked, clock } = fixture({ current: 'one' }, 0);

    await Promise.all([source.read(), source.read(), source.read()]);
    clock.now += SECRET_MAX_AGE_MS - 1;
    await source.read();
    expect(asked).toHaveLength(1);

    clock.now += 1;
    await source.read();
    expect(asked).toHaveLength(2);
  });

  it('throws if it could never be read', async () => {
    const { source } = fixture({ failure: new Error('throttled') });

    await expect(source.read()).rejects.toThrow('throttled');
  });

  it('serves the last good read when a refresh fails, says so, and recovers', async () => {
    const { source, shelf, clock, stale } = fixture({ current: 'one' }, 0);
    await source.read();

    shelf.failure = new Error('throttled');
    clock.now += SECRET_MAX_AGE_MS;
    expect(await values(source.read())).toEqual(['one']);
    expect(stale).toEqual([shelf.failure]);

    shelf.failure = undefined;
    shelf.current = 'two';
    clock.now += SECRET_RETRY_MS;
    expect(await values(source.read())).toEqual(['two']);
  });
});

describe('a Secrets Manager that hangs', () => {
  it('holds up nobody for longer than one answer may take', async () => {
    let isHanging = true;
    const send = (_: unknown, { abortSignal }: { abortSignal: AbortSignal }): Promise<unknown> =>
      isHanging ? new Promise((__, reject) => abortSignal.addEventListener('abort', () => reject(new Error('aborted')))) : Promise.resolve({ SecretString: 'secret', CreatedDate: new Date(START) });
    const client = { send } as unknown as Pick<SecretsManagerClient, 'send'>;
    const source = createSecretSource({ client, secretId: 'arn', previousSecretHours: 0, now: () => START });

    await expect(source.read()).rejects.toThrow('aborted');
    isHanging = false;
    expect(await values(source.read())).toEqual(['secret']);
  }, SECRET_TIMEOUT_MS + 10_000);
});

describe('reread', () => {
  it('sees a rotation at once, and gives that answer to all who ask meanwhile', async () => {
    const { source, shelf, asked } = fixture({ current: 'one' }, 0);
    await source.read();
    shelf.current = 'two';

    const answers = await Promise.all([values(source.reread()), values(source.reread()), values(source.reread())]);

    expect(answers).toEqual([['two'], ['two'], ['two']]);
    expect(asked).toHaveLength(2);
  });

  it('asks at most once in 30 s', async () => {
    const { source, shelf, asked, clock } = fixture({ current: 'one' }, 0);
    await source.read();
    await source.reread();
    shelf.current = 'two';

    clock.now += REREAD_GAP_MS - 1;
    expect(await values(source.reread())).toEqual(['one']);
    clock.now += 1;
    expect(await values(source.reread())).toEqual(['two']);
    expect(asked).toHaveLength(3);
  });

  it('does not take the answer of a read that began before it', async () => {
    const { source, shelf } = fixture({ current: 'one' }, 0);
    const before = source.read();
    shelf.current = 'two';

    expect(await values(source.reread())).toEqual(['two']);
    await before;
  });
});
