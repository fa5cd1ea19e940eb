import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Clients of the account that is deployed to, as AWS_* describes it. */
export interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly sqs: SQSClient;
}

/** @param isEmulated an emulator's host seldom has a name for each bucket */
export function createClients(isEmulated: boolean): Clients {
  return {
    cloudFormation: new CloudFormationClient({}),
    logs: new CloudWatchLogsClient({}),
    s3: new S3Client({ forcePathStyle: isEmulated }),
    secrets: new SecretsManagerClient({}),
    sqs: new SQSClient({}),
  };
}
