import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** A webhook as API Gateway hands it over. */
export function httpApiEvent(body: string, headers: Readonly<Record<string, string>>): APIGatewayProxyEventV2 {
  const http = { method: 'POST', path: '/segment', protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'Segment (Actions)' };
  const requestContext = { accountId: '000000000000', apiId: 'cost', domainName: 'cost', domainPrefix: 'cost', http, requestId: 'cost', routeKey: 'ANY /segment', stage: '$default', time: '', timeEpoch: 0 };
  return { version: '2.0', routeKey: requestContext.routeKey, rawPath: http.path, rawQueryString: '', headers: { ...headers }, requestContext, body, isBase64Encoded: false };
}
