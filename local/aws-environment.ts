import { devNull } from 'node:os';

/** Where the AWS APIs of the local run are. */
export interface LocalEndpoints {
  readonly queueAndBucket: string;
  readonly secretsManager: string;
  readonly region: string;
  readonly accessKeyId: string;
}

/**
 * Points every AWS client of this process at the local endpoints, and forgets whatever account, profile or endpoint it was
 * started with: nothing of a local run may reach a real account.
 */
export function useLocalAws(environment: NodeJS.ProcessEnv, { queueAndBucket, secretsManager, region, accessKeyId }: LocalEndpoints): void {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('AWS_')) delete environment[name];
  }
  Object.assign(environment, {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: queueAndBucket,
    AWS_ENDPOINT_URL_SQS: queueAndBucket,
    AWS_ENDPOINT_URL_S3: queueAndBucket,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager,
  });
}
