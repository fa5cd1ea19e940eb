import { createHash, randomUUID } from 'node:crypto';

const ARN_PREFIX = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:';

export interface SecretSeed {
  /** undefined: the secret exists, but nobody has given it a value yet. */
  readonly value: string | undefined;
  readonly createdAt: Date;
}

export interface SecretVersion {
  readonly id: string;
  readonly value: string;
  readonly createdAt: Date;
}

export type Found =
  | { readonly kind: 'found'; readonly name: string; readonly arn: string; readonly stage: string; readonly version: SecretVersion }
  | { readonly kind: 'missing'; readonly message: string };

export interface SecretShelf {
  /** Looks a version up by the secret's name or ARN and a staging label. */
  find(secretId: string, stage: string): Found;
  put(name: string, value: string): void;
}

/** Secrets with their versions by staging label, held in memory. */
export function secretShelf(seeds: Readonly<Record<string, SecretSeed>>, now: () => number): SecretShelf {
  const secrets = new Map(Object.entries(seeds).map(([name, seed]) => [name, firstVersions(seed)]));
  return {
    find(secretId, stage) {
      const name = [...secrets.keys()].find((known) => secretId === known || secretId === arnOf(known));
      if (name === undefined) return { kind: 'missing', message: "Secrets Manager can't find the specified secret." };
      const version = secrets.get(name)?.get(stage);
      if (version !== undefined) return { kind: 'found', name, arn: arnOf(name), stage, version };
      return { kind: 'missing', message: `Secrets Manager can't find the specified secret value for staging label: ${stage}` };
    },
    put(name, value) {
      const replaced = secrets.get(name)?.get('AWSCURRENT');
      const versions = new Map<string, SecretVersion>([['AWSCURRENT', { id: randomUUID(), value, createdAt: new Date(now()) }]]);
      if (replaced !== undefined) versions.set('AWSPREVIOUS', replaced);
      secrets.set(name, versions);
    },
  };
}

function firstVersions({ value, createdAt }: SecretSeed): Map<string, SecretVersion> {
  return new Map(value === undefined ? [] : [['AWSCURRENT', { id: randomUUID(), value, createdAt }]]);
}

/** AWS ends a secret's ARN in six random characters; here they come from the name, so that it stays the same. */
function arnOf(name: string): string {
  return `${ARN_PREFIX}${name}-${createHash('sha256').update(name).digest('hex').slice(0, 6)}`;
}
