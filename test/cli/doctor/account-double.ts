import { InvalidRequestException, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';

import type { Clients } from '../../../cli/doctor/open-stack.ts';
import type { Operator } from '../../../cli/operator/operator.ts';

interface Datapoint {
  readonly Timestamp: Date;
  readonly Sum?: number;
  readonly Maximum?: number;
}

interface Alarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
}

/** What the account holds; a test changes what it is about. */
export interface AccountState {
  status: string;
  outputs: Record<string, string>;
  /** By ARN; undefined without a value. */
  secrets: Record<string, string | undefined>;
  /** ARNs of secrets that somebody deleted: AWS keeps them for a while, or has forgotten them. */
  deletedSecrets: Record<string, 'kept' | 'forgotten'>;
  sourceState: string | undefined;
  variables: Record<string, string>;
  waiting: number;
  deadLetters: readonly { readonly sentAt: number }[];
  /** By metric; those of the bridge itself are counted as `Metrics`. */
  metrics: Record<string, readonly Datapoint[]>;
  alarmNames: readonly string[];
  firing: readonly Alarm[];
  /** Names of commands that these credentials may not use. */
  denied: readonly string[];
}

interface Command {
  readonly input: Readonly<Record<string, unknown>>;
}

const RETENTION_SECONDS = 14 * 24 * 60 * 60;

/** An AWS account with one bridge in it, behind the calls of the SDK's clients. */
export function accountDouble(state: AccountState, s3: Operator['s3']): { readonly clients: Clients; readonly operator: Omit<Operator, 'mappingsPath'> } {
  const send = async (command: Command): Promise<unknown> => {
    const name = command.constructor.name;
    if (state.denied.includes(name)) throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    const answer = ANSWERS[name];
    if (answer === undefined) throw new TypeError(`no answer to ${name}`);
    return answer(state, command.input);
  };
  const client = { send: send as never, destroy: () => undefined };
  const urls = { queueUrl: 'https://sqs.example.com/1/events', deadLettersUrl: 'https://sqs.example.com/1/dead' };
  return {
    clients: { cloudFormation: client, cloudWatch: client, lambda: client, secretsManager: client },
    operator: { name: 'the stack Bridge', s3, sqs: client, bucket: 'ledger', ...urls, localUrl: undefined, close: () => undefined },
  };
}

const ANSWERS: Readonly<Record<string, (state: AccountState, input: Command['input']) => unknown>> = {
  DescribeStacksCommand: ({ status, outputs }) => ({ Stacks: [{ StackStatus: status, Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })) }] }),
  ListStackResourcesCommand: ({ alarmNames }, { NextToken }) => {
    const other = { ResourceType: 'AWS::SQS::Queue', PhysicalResourceId: 'events' };
    if (NextToken === undefined) return { StackResourceSummaries: [other], NextToken: 'more' };
    return { StackResourceSummaries: alarmNames.map((PhysicalResourceId) => ({ ResourceType: 'AWS::CloudWatch::Alarm', PhysicalResourceId })) };
  },
  DescribeAlarmsCommand: ({ firing }, { AlarmNames }) => ({ MetricAlarms: firing.filter(({ AlarmName }) => Array.isArray(AlarmNames) && AlarmNames.includes(AlarmName)) }),
  GetMetricStatisticsCommand: ({ metrics }, { MetricName, Namespace, Dimensions }) => {
    const isKnown = Namespace === 'AWS/SQS' || (Array.isArray(Dimensions) && Dimensions.some(({ Name, Value }) => Name === 'stack' && Value === 'Metrics'));
    return { Datapoints: isKnown ? (metrics[String(MetricName)] ?? []) : [] };
  },
  GetSecretValueCommand: ({ secrets, deletedSecrets }, { SecretId }) => {
    const deleted = deletedSecrets[String(SecretId)];
    if (deleted === 'kept') throw new InvalidRequestException({ message: "You can't perform this operation on the secret because it was marked for deletion.", $metadata: {} });
    if (deleted === 'forgotten') throw new ResourceNotFoundException({ message: "Secrets Manager can't find the specified secret.", $metadata: {} });
    const SecretString = secrets[String(SecretId)];
    if (SecretString === undefined) throw new ResourceNotFoundException({ message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT", $metadata: {} });
    return { SecretString };
  },
  ListEventSourceMappingsCommand: ({ sourceState }) => ({ EventSourceMappings: sourceState === undefined ? [] : [{ State: sourceState, UUID: '1-2-3', FunctionArn: 'forward' }] }),
  GetFunctionConfigurationCommand: ({ variables }) => ({ Environment: { Variables: variables } }),
  GetQueueAttributesCommand: ({ waiting, deadLetters }, { QueueUrl }) => ({
    Attributes: { QueueArn: 'arn:aws:sqs:us-east-1:1:events', ApproximateNumberOfMessages: String(String(QueueUrl).endsWith('dead') ? deadLetters.length : waiting), MessageRetentionPeriod: String(RETENTION_SECONDS) },
  }),
  ReceiveMessageCommand: ({ deadLetters }) => ({ Messages: deadLetters.map(({ sentAt }, index) => ({ MessageId: String(index), Body: '{}', Attributes: { SentTimestamp: String(sentAt) } })) }),
};
