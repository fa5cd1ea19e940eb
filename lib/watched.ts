import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

import type { Settings } from './config.ts';

/** What alarms and dashboard look at. */
export interface Watched {
  readonly settings: Settings;
  readonly api: HttpApi;
  readonly ingest: LambdaFunction;
  readonly forward: LambdaFunction;
  readonly events: Queue;
  readonly deadLetters: Queue;
  /** The operator's command for this bridge, as it is typed. */
  readonly bridge: (command: string) => string;
}
