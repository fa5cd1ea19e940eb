import { GetSecretValueCommand, InvalidRequestException, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import type { Settings } from '../../lib/config.ts';
import { ask } from './ask.ts';
import { AtFault } from './at-fault.ts';
import type { StoredSecret } from './bridge.ts';
import { once } from './once.ts';

/** AWS has one class for both: `can't find the specified secret.` and `can't find the specified secret value for staging label: AWSCURRENT`. */
const NO_SUCH_SECRET = /find the specified secret\.?$/;
/** Of all invalid requests the one that a deleted secret makes: `it was marked for deletion`. */
const DELETED = /marked (?:for deletion|deleted)|scheduled for deletion/;

export interface NamedSecret {
  readonly arn: string;
  /** What it holds, for people: `the endpoint token for Segment`. */
  readonly what: string;
  /** The setting that names another one in its place. */
  readonly setting: keyof Settings;
}

/** A secret in Secrets Manager, its current version. */
export function stackSecret(client: Pick<SecretsManagerClient, 'send'>, { arn, what, setting }: NamedSecret): StoredSecret {
  const read = async (options: { readonly abortSignal: AbortSignal }): Promise<string | undefined> => {
    try {
      const { SecretString, SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId: arn, VersionStage: 'AWSCURRENT' }), options);
      return SecretString ?? Buffer.from(SecretBinary ?? []).toString('utf8');
    } catch (error) {
      if (error instanceof InvalidRequestException && DELETED.test(error.message)) throw deleted(arn, what);
      if (!(error instanceof ResourceNotFoundException)) throw error;
      if (NO_SUCH_SECRET.test(error.message)) throw new AtFault(`There is no secret ${arn}, which shall hold ${what}.`, `Make one, name its ARN in the setting "${setting}", and deploy.`);
      return undefined;
    }
  };
  return { read: once(() => ask({ what: `The value of ${what}`, permission: 'secretsmanager:GetSecretValue' }, read)), howToSet: howToSet(arn, what) };
}

function deleted(arn: string, what: string): AtFault {
  return new AtFault(`The secret that holds ${what} was deleted; AWS keeps it for some days more.`, ['Take it back:', 'aws secretsmanager restore-secret \\', `  --secret-id ${arn}`].join('\n'));
}

/** From a file: what is typed would stay in the shell's history. */
function howToSet(arn: string, what: string): string {
  return [`Write ${what} into a file value.txt, and then:`, 'aws secretsmanager put-secret-value \\', `  --secret-id ${arn} \\`, '  --secret-string file://value.txt'].join('\n');
}
