import { createRequire } from 'node:module';
import { join } from 'node:path';

import { Duration } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import { METRICS_NAMESPACE } from '../lambda/metric-names.ts';
import type { Settings } from './config.ts';
import { deletionPolicy } from './deletion.ts';
import { stackDimension } from './metrics.ts';

export const LOG_RETENTION = RetentionDays.ONE_MONTH;

const ROOT = join(import.meta.dirname, '..');

export interface BridgeFunctionProps {
  readonly settings: Settings;
  /** Names the handler's folder under lambda/, and the `service` dimension of its metrics. */
  readonly service: 'ingest' | 'forward';
  readonly description: string;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** All it may do besides writing to its own log. */
  readonly allowed: readonly AllowedActions[];
  readonly commandHooks?: ICommandHooks;
}

export interface AllowedActions {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What both functions share: runtime, bundle, log and a role of their own that names every action and resource. */
export class BridgeFunction extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, props: BridgeFunctionProps) {
    super(scope, id);
    refuseWithoutEsbuild();
    const logGroup = new LogGroup(this, 'Logs', { retention: LOG_RETENTION, removalPolicy: deletionPolicy(props.settings) });
    const writeLog = { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] };
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Bridge: new PolicyDocument({ statements: [writeLog, ...props.allowed].map(allow) }) },
    });
    this.function = new NodejsFunction(this, 'Function', {
      description: props.description,
      entry: join(ROOT, 'lambda', props.service, 'handler.ts'),
      handler: 'handler',
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySizeMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // The platform's start and report lines would cost more than the function.
      systemLogLevelV2: SystemLogLevel.WARN,
      awsSdkConnectionReuse: false,
      environment: { ...props.environment, POWERTOOLS_SERVICE_NAME: props.service, POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE, STACK_NAME: stackDimension(scope) },
      bundling: {
        // In an ES module, Node makes every export of the modules it imports, and of node:http that means to load undici: a quarter of the start.
        format: OutputFormat.CJS,
        define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
        target: 'node24',
        minify: true,
        // The clients are those the lock file names and the tests ran with, not those of the day's runtime.
        bundleAwsSDK: true,
        mainFields: ['module', 'main'],
        ...(props.commandHooks && { commandHooks: props.commandHooks }),
      },
    });
  }
}

function allow({ actions, resources }: AllowedActions): PolicyStatement {
  return new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources] });
}

/** CDK would fall back to Docker and fail with words about that. */
function refuseWithoutEsbuild(): void {
  try {
    createRequire(import.meta.url).resolve('esbuild');
  } catch (error) {
    throw new Error('esbuild, which bundles the functions, is not installed; run npm ci', { cause: error });
  }
}
