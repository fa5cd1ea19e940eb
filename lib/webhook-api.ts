import { Aws, Stack } from 'aws-cdk-lib';
import { ApiMapping, CfnIntegration, CfnRoute, DomainName, HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import { ACCESS_LOG_FORMAT } from './access-log.ts';
import { acknowledge } from './acknowledge.ts';
import type { Settings } from './config.ts';
import { deletionPolicy } from './deletion.ts';
import { LOG_RETENTION } from './function.ts';

const WEBHOOK_PATH = '/segment';

const PROVEN_BY_INGEST =
  "Segment proves itself with an HMAC over the request's body, which an authorizer of an HTTP API never sees. The ingest function checks it, and the endpoint token for batches, " +
  'in constant time before it stores anything, and an authorizer could not answer a mismatch with the 503 that keeps events at Segment.';

export interface WebhookApiProps {
  readonly settings: Settings;
  readonly ingest: LambdaFunction;
}

/**
 * The front door: an HTTP API that hands /segment to ingest, under its own address and, if you like, a domain of yours. Its
 * own address goes on working beside the domain: Segment drops what it sends to an address that was switched off.
 */
export class WebhookApi extends Construct {
  readonly api: HttpApi;
  readonly routes: CfnRoute[] = [];
  readonly webhookUrl: string;
  /** What the domain's CNAME or alias record has to point at. */
  readonly domainTarget: string | undefined;

  constructor(scope: Construct, id: string, { settings, ingest }: WebhookApiProps) {
    super(scope, id);
    const domain = this.#domain(settings);
    this.api = new HttpApi(this, 'Api', {
      apiName: Aws.STACK_NAME,
      description: 'Takes webhooks from Segment',
      createDefaultStage: false,
    });
    this.#route(ingest);
    const stage = this.#stage(settings);
    this.domainTarget = domain?.regionalDomainName;
    this.webhookUrl = `https://${settings.domainName ?? `${this.api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`}${WEBHOOK_PATH}`;
    if (domain === undefined) return;
    const mapping = new ApiMapping(this, 'DomainMapping', { api: this.api, domainName: domain, stage });
    mapping.node.addDependency(stage);
  }

  #domain({ domainName, certificateArn }: Settings): DomainName | undefined {
    if (domainName === undefined || certificateArn === undefined) return undefined;
    return new DomainName(this, 'Domain', { domainName, certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn) });
  }

  /** In plain resources: CDK's own routes refuse the path with a slash at its end, which people paste. */
  #route(ingest: LambdaFunction): void {
    const integration = new CfnIntegration(this, 'Integration', {
      apiId: this.api.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: ingest.functionArn,
      payloadFormatVersion: '2.0',
    });
    const target = `integrations/${integration.ref}`;
    for (const [routeId, path] of [['Route', WEBHOOK_PATH], ['RouteWithSlash', `${WEBHOOK_PATH}/`]] as const) {
      const route = new CfnRoute(this, routeId, { apiId: this.api.apiId, routeKey: `ANY ${path}`, target });
      acknowledge(route, 'APIG4', PROVEN_BY_INGEST);
      this.routes.push(route);
      ingest.addPermission(`Invoke${routeId}`, {
        scope: this,
        principal: new ServicePrincipal('apigateway.amazonaws.com'),
        sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: this.api.apiId, resourceName: `*/*${path}` }),
      });
    }
  }

  #stage(settings: Settings): HttpStage {
    const logGroup = new LogGroup(this, 'AccessLog', { retention: LOG_RETENTION, removalPolicy: deletionPolicy(settings) });
    // Not "Default": that id would vanish from the logical id and collide with the API's own.
    return new HttpStage(this, 'Live', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: settings.throttleRate, burstLimit: settings.throttleBurst },
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: ACCESS_LOG_FORMAT },
    });
  }
}
