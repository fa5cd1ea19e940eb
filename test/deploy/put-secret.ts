import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { randomBytes } from 'node:crypto';

import type { Run } from './run-context.ts';

/** A new secret, unlike any other: letters and digits. */
export function newSecret(): string {
  return randomBytes(20).toString('hex');
}

export async function putSecret({ clients }: Pick<Run, 'clients'>, arn: string, value: string): Promise<void> {
  await clients.secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString: value }));
}
