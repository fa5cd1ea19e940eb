import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import { ask } from './ask.ts';
import type { StoredSecret } from './bridge.ts';
import { once } from './once.ts';

/**
 * A secret in Secrets Manager, its current version.
 * @param what it holds, for people: `the Segment secret`
 */
export function stackSecret(client: Pick<SecretsManagerClient, 'send'>, arn: string, what: string): StoredSecret {
  const read = async (options: { readonly abortSignal: AbortSignal }): Promise<string | undefined> => {
    try {
      const { SecretString, SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId: arn, VersionStage: 'AWSCURRENT' }), options);
      return SecretString ?? Buffer.from(SecretBinary ?? []).toString('utf8');
    } catch (error) {
      // AWS answers so while no value was ever put.
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };
  return { read: once(() => ask({ what: `The value of ${what}`, permission: 'secretsmanager:GetSecretValue' }, read)), howToSet: howToSet(arn, what) };
}

/** From a file: what is typed would stay in the shell's history. */
function howToSet(arn: string, what: string): string {
  return [`Write ${what} into a file value.txt, and then:`, 'aws secretsmanager put-secret-value \\', `  --secret-id ${arn} \\`, '  --secret-string file://value.txt'].join('\n');
}
