import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Stack } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import { ConfigError } from '../../lib/config.ts';
import { readMappingsText, usableMappings } from '../mappings.ts';
import { isMissingStack } from '../operator/aws-problem.ts';
import type { Operator } from '../operator/operator.ts';
import { OperatorError } from '../operator/operator-error.ts';
import { operatorFlags } from '../operator/options.ts';
import { ask } from './ask.ts';
import type { Account, Bridge, Credentials } from './bridge.ts';
import { fail, ok, warn } from './check.ts';
import type { Finding } from './check.ts';
import { orError } from './configuration.ts';
import { createDeployedForward } from './deployed-forward.ts';
import type { DeployedForward } from './deployed-forward.ts';
import type { Chosen, Opened } from './opened.ts';
import { stackSecret } from './stack-secret.ts';
import { Unanswered } from './unanswered.ts';

const NEVER_DEPLOYED = 'If it was never deployed: npx cdk deploy';
/** What the checks need of a stack, besides what every command does. */
const OUTPUTS = ['WebhookUrl', 'SegmentSecretArn', 'EndpointTokenSecretArn', 'MetronomeTokenSecretArn'] as const;
const UNSETTLED = /FAILED|DELETE|^ROLLBACK/;

/** A deployed stack, with clients of its own for what only it has. */
export async function openStack(operator: Operator | Unanswered, chosen: Chosen, createClients: () => Clients = awsClients): Promise<Opened> {
  if (operator instanceof Unanswered) return { finding: fail(operator.message, isMissing(operator) ? NEVER_DEPLOYED : operator.next), close: () => undefined };
  const { options, settings } = chosen.configuration;
  const stackName = options.stack ?? (settings instanceof ConfigError ? '' : settings.stackName);
  const clients = createClients();
  const close = (): void => {
    operator.close();
    for (const client of Object.values(clients)) client.destroy();
  };
  try {
    const stack = await describe(clients.cloudFormation, stackName);
    return { ...opened(operator, chosen, stackName, stack, clients), close };
  } catch (error) {
    close();
    if (error instanceof Unanswered) return { finding: fail(error.message, error.next), close: () => undefined };
    throw error;
  }
}

/** What only a stack has, as far as it is asked. */
export interface Clients {
  readonly cloudFormation: Pick<CloudFormationClient, 'send' | 'destroy'>;
  readonly cloudWatch: Pick<CloudWatchClient, 'send' | 'destroy'>;
  readonly lambda: Pick<LambdaClient, 'send' | 'destroy'>;
  readonly secretsManager: Pick<SecretsManagerClient, 'send' | 'destroy'>;
}

function awsClients(): Clients {
  return { cloudFormation: new CloudFormationClient({}), cloudWatch: new CloudWatchClient({}), lambda: new LambdaClient({}), secretsManager: new SecretsManagerClient({}) };
}

function opened(operator: Operator, chosen: Chosen, stackName: string, stack: Partial<Stack>, clients: Clients): Omit<Opened, 'close'> {
  const outputs = new Map(stack.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const { prefix = '' } = chosen.configuration.options;
  const [url, ...arns] = OUTPUTS.map((name) => outputs.get(`${prefix}${name}`));
  const forward = createDeployedForward(clients.lambda, operator);
  const credentials = credentialsOf(arns, forward, chosen, clients);
  if (url === undefined || credentials === undefined) {
    const missing = OUTPUTS.map((name) => `${prefix}${name}`).filter((name) => !outputs.has(name));
    return { finding: fail(`The stack ${stackName} lacks outputs of its bridge: ${missing.join(', ')}.`, `Deploy it again: ${deployStep(chosen, stackName)}`) };
  }
  const bridge = bridgeOf(operator, forward, chosen, { ...clients, stackName, metricsName: async () => (await variable(forward, 'STACK_NAME')) ?? stackName });
  return { finding: statusFinding(stackName, stack.StackStatus ?? 'unknown'), credentials, bridge: { ...bridge, webhookUrl: chosen.webhookUrl ?? url } };
}

function credentialsOf([segment, endpointToken, metronomeToken]: readonly (string | undefined)[], forward: DeployedForward, { configuration: { settings } }: Chosen, { secretsManager }: Clients): Credentials | undefined {
  if (segment === undefined || endpointToken === undefined || metronomeToken === undefined) return undefined;
  return {
    segment: stackSecret(secretsManager, { arn: segment, what: 'the shared secret of Segment', setting: 'segmentSecretArn' }),
    endpointToken: stackSecret(secretsManager, { arn: endpointToken, what: 'the endpoint token for Segment', setting: 'endpointTokenSecretArn' }),
    metronomeToken: stackSecret(secretsManager, { arn: metronomeToken, what: "Metronome's API token", setting: 'metronomeTokenSecretArn' }),
    metronomeBaseUrl: async () => (await variable(forward, 'METRONOME_BASE_URL')) ?? (settings instanceof ConfigError ? undefined : settings.metronomeBaseUrl),
  };
}

function bridgeOf(operator: Operator, { environment, source }: DeployedForward, chosen: Chosen, account: Account): Omit<Bridge, 'webhookUrl'> {
  const { configuration: { options }, io } = chosen;
  const mappings = orError(ConfigError, () => usableMappings(readMappingsText(operator.mappingsPath, io)));
  return {
    operator,
    mappings,
    source,
    account,
    flags: operatorFlags(options),
    deploy: deployStep(chosen, account.stackName),
    runsTheseMappings: async () => !(mappings instanceof ConfigError) && (await environment())['MAPPINGS_VERSION'] === mappings.version,
  };
}

/** A stack of another name than the settings', or with a bridge inside it, may well be of another project. */
function deployStep({ configuration: { options, settings } }: Chosen, stackName: string): string {
  const isThisProjects = !(settings instanceof ConfigError) && settings.stackName === stackName && options.prefix === undefined;
  return isThisProjects ? 'npx cdk deploy' : `npx cdk deploy ${stackName}, in the project it comes from`;
}

/** Undefined if it can't be known; what the settings say is most likely the same. */
async function variable({ environment }: DeployedForward, name: string): Promise<string | undefined> {
  try {
    return (await environment())[name];
  } catch (error) {
    if (error instanceof Unanswered) return undefined;
    throw error;
  }
}

async function describe(client: Clients['cloudFormation'], stackName: string): Promise<Partial<Stack>> {
  const question = { what: `The stack ${stackName}`, permission: 'cloudformation:DescribeStacks' };
  const { Stacks = [] } = await ask(question, (options) => client.send(new DescribeStacksCommand({ StackName: stackName }), options));
  return Stacks[0] ?? {};
}

function isMissing({ cause }: Unanswered): boolean {
  return cause instanceof OperatorError && isMissingStack(cause.cause);
}

function statusFinding(stackName: string, status: string): Finding {
  if (UNSETTLED.test(status)) return warn(`${stackName} is in the state ${status}.`, `See its events: aws cloudformation describe-stack-events --stack-name ${stackName}`);
  return ok(`${stackName} is deployed (${status}).`);
}
