import { GetFunctionConfigurationCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import type { EventSourceMappingConfiguration, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';

import type { Operator } from '../operator/operator.ts';
import { ask } from './ask.ts';
import type { EventSource } from './bridge.ts';
import { once } from './once.ts';

/** The forward function as it is deployed, found through the queue it reads. */
export interface DeployedForward {
  /** Its variables; none if nothing reads the queue. */
  environment(): Promise<Readonly<Record<string, string>>>;
  /** What feeds it; undefined if nothing reads the queue. */
  source(): Promise<EventSource | undefined>;
}

export function createDeployedForward(lambda: Pick<LambdaClient, 'send'>, { sqs, queueUrl }: Pick<Operator, 'sqs' | 'queueUrl'>): DeployedForward {
  const queueArn = async (): Promise<string | undefined> => {
    const question = { what: 'The events queue', permission: 'sqs:GetQueueAttributes' };
    const { Attributes } = await ask(question, (options) => sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }), options));
    return Attributes?.['QueueArn'];
  };
  const mapping = once(async (): Promise<EventSourceMappingConfiguration | undefined> => {
    const EventSourceArn = await queueArn();
    const question = { what: 'The event source', permission: 'lambda:ListEventSourceMappings' };
    const { EventSourceMappings } = await ask(question, (options) => lambda.send(new ListEventSourceMappingsCommand({ EventSourceArn }), options));
    return EventSourceMappings?.[0];
  });
  const environment = once(async () => {
    const { FunctionArn } = (await mapping()) ?? {};
    if (FunctionArn === undefined) return {};
    const question = { what: "The forward function's settings", permission: 'lambda:GetFunctionConfiguration' };
    const { Environment } = await ask(question, (options) => lambda.send(new GetFunctionConfigurationCommand({ FunctionName: FunctionArn }), options));
    return Environment?.Variables ?? {};
  });
  return {
    environment,
    source: async () => {
      const found = await mapping();
      return found && { state: found.State ?? 'unknown', uuid: found.UUID ?? '' };
    },
  };
}
