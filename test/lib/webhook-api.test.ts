import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from '@jest/globals';
import { Capture } from 'aws-cdk-lib/assertions';

import { idOf } from './helpers/resources.ts';
import { templateWith } from './helpers/stack.ts';

const template = templateWith();
const API = idOf(template, 'AWS::ApiGatewayV2::Api');
const INGEST = { 'Fn::GetAtt': [idOf(template, 'AWS::Lambda::Function', 'Ingest'), 'Arn'] };
const DOMAIN = { domainName: 'bridge.example.com', certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012' };

describe('WebhookApi', () => {
  it.each(['ANY /segment', 'ANY /segment/'])('hands %s to ingest', (routeKey) => {
    const integration = idOf(template, 'AWS::ApiGatewayV2::Integration');

    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { ApiId: { Ref: API }, RouteKey: routeKey, Target: { 'Fn::Join': ['', ['integrations/', { Ref: integration }]] } });
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', { IntegrationType: 'AWS_PROXY', IntegrationUri: INGEST, PayloadFormatVersion: '2.0' });
  });

  it('has no other route', () => {
    template.resourceCountIs('AWS::ApiGatewayV2::Route', 2);
  });

  it.each(['/*/*/segment', '/*/*/segment/'])('may call ingest for %s of this API alone', (path) => {
    template.resourceCountIs('AWS::Lambda::Permission', 2);
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: INGEST,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: API }, path]] },
    });
  });

  it('deploys itself, throttled', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      ApiId: { Ref: API },
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
    });
    templateWith({ throttleRate: '5', throttleBurst: '9' }).hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 9 },
    });
  });

  it('logs each request in a log of its own, without what could be a credential or a body', () => {
    const format = new Capture();
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': [idOf(template, 'AWS::Logs::LogGroup', 'AccessLog'), 'Arn'] }, Format: format },
    });

    expect(JSON.parse(format.asString())).toEqual({
      requestId: '$context.requestId',
      sourceIp: '$context.identity.sourceIp',
      status: '$context.status',
      latencyMs: '$context.responseLatency',
      integrationError: '$context.integrationErrorMessage',
    });
  });

  it('is found at its own address', () => {
    const { WebhookUrl } = template.findOutputs('WebhookUrl');

    expect(WebhookUrl?.['Value']).toEqual({ 'Fn::Join': ['', ['https://', { Ref: API }, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/segment']] });
    template.resourceCountIs('AWS::ApiGatewayV2::DomainName', 0);
    expect(template.findOutputs('DomainTarget')).toEqual({});
  });

  it('is found at the domain, when there is one, and still at its own address: Segment may send there for a while', () => {
    const own = templateWith(DOMAIN);
    const domain = idOf(own, 'AWS::ApiGatewayV2::DomainName');

    expect(own.findOutputs('WebhookUrl')['WebhookUrl']?.['Value']).toBe('https://bridge.example.com/segment');
    expect(own.findOutputs('DomainTarget')['DomainTarget']?.['Value']).toEqual({ 'Fn::GetAtt': [domain, 'RegionalDomainName'] });
    own.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: Match.absent() });
    own.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
      DomainName: DOMAIN.domainName,
      DomainNameConfigurations: [{ CertificateArn: DOMAIN.certificateArn, EndpointType: 'REGIONAL' }],
    });
    own.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: API }, DomainName: { Ref: domain }, Stage: '$default' });
    expect(idOf(own, 'AWS::ApiGatewayV2::Api')).toBe(API);
  });
});
