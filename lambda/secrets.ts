import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** One version of a secret that counts now. */
export interface LiveSecret {
  readonly value: string;
  readonly stage: 'AWSCURRENT' | 'AWSPREVIOUS';
}

/** A secret read through a cache. Both calls throw only if the secret could never be read. */
export interface SecretSource {
  /** The live versions, newest first; empty while no value was ever set. Cached. */
  read(): Promise<readonly LiveSecret[]>;
  /** The same, read anew, at most once in {@link REREAD_GAP_MS}; requests meanwhile share that answer. */
  reread(): Promise<readonly LiveSecret[]>;
}

/** How long a read is believed, in milliseconds. A rotated secret is noticed at once all the same, by `reread`. */
export const SECRET_MAX_AGE_MS = 5 * 60_000;
/** How long "no value was ever set" and a failed refresh are believed, in milliseconds. */
export const SECRET_RETRY_MS = 30_000;
/** Longest wait for one answer, in milliseconds: all readers share it, so one that never comes would hold up every one. */
export const SECRET_TIMEOUT_MS = 3_000;
/** The least time between two forced reads, in milliseconds: a flood of wrong signatures must not become one of calls. */
export const REREAD_GAP_MS = 30_000;

const HOUR_MS = 60 * 60_000;

interface StoredVersion extends LiveSecret {
  /** From here on the version no longer counts; epoch milliseconds. */
  readonly expiresAt: number;
}

export interface SecretSourceOptions {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly secretId: string;
  /** For how long after AWSCURRENT was created AWSPREVIOUS still counts, in hours; 0 never asks for it. */
  readonly previousSecretHours: number;
  readonly now: () => number;
  /** Told of a refresh that failed while an older read still serves. */
  readonly onStale?: (error: unknown) => void;
}

/**
 * A secret with two live versions, so that rotating it loses nothing. One trailing newline is trimmed (files and shells add
 * it) and an empty value is never live.
 */
export function createSecretSource(options: SecretSourceOptions): SecretSource {
  const { now } = options;
  let versions: readonly StoredVersion[] | undefined;
  let staleAt = 0;
  let lastRereadAt = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;
  let rereading: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    try {
      versions = await readVersions(options);
      staleAt = now() + (versions.length === 0 ? SECRET_RETRY_MS : SECRET_MAX_AGE_MS);
    } catch (error) {
      if (versions === undefined) throw error;
      staleAt = now() + SECRET_RETRY_MS;
      options.onStale?.(error);
    }
  }

  function refreshOnce(): Promise<void> {
    pending ??= refresh().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  async function rereadOnce(): Promise<void> {
    // A read under way may have begun before the rotation: wait it out, however it ends, then ask again.
    await Promise.allSettled([pending]);
    await refreshOnce();
  }

  const live = (): readonly LiveSecret[] => (versions ?? []).filter((version) => version.expiresAt > now());

  return {
    async read() {
      if (versions === undefined || now() >= staleAt) await refreshOnce();
      return live();
    },
    async reread() {
      if (rereading === undefined && now() - lastRereadAt >= REREAD_GAP_MS) {
        lastRereadAt = now();
        rereading = rereadOnce().finally(() => {
          rereading = undefined;
        });
      }
      await rereading;
      return live();
    },
  };
}

async function readVersions(options: SecretSourceOptions): Promise<readonly StoredVersion[]> {
  const current = await readStage(options, 'AWSCURRENT');
  if (current === undefined) return [];
  const found = [{ value: current.value, stage: 'AWSCURRENT' as const, expiresAt: Number.POSITIVE_INFINITY }];
  const previousExpiresAt = current.createdAt + options.previousSecretHours * HOUR_MS;
  const previous = previousExpiresAt > options.now() ? await readStage(options, 'AWSPREVIOUS') : undefined;
  const all: StoredVersion[] = previous === undefined ? found : [...found, { value: previous.value, stage: 'AWSPREVIOUS', expiresAt: previousExpiresAt }];
  return all.filter((version) => version.value !== '');
}

async function readStage(
  { client, secretId, now }: SecretSourceOptions,
  stage: LiveSecret['stage'],
): Promise<{ value: string; createdAt: number } | undefined> {
  try {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage }), { abortSignal: AbortSignal.timeout(SECRET_TIMEOUT_MS) });
    const text = answer.SecretString ?? Buffer.from(answer.SecretBinary ?? []).toString('utf8');
    return { value: text.replace(/\r?\n$/, ''), createdAt: answer.CreatedDate?.getTime() ?? now() };
  } catch (error) {
    // AWS answers so for a stage that no version carries: no previous version yet, or no value at all.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
