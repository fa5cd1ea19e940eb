import type { APIGatewayProxyEventV2 } from 'aws-lambda';

import { signature } from '../helpers/segment.ts';
import { ENDPOINT_TOKEN, EVENT_MARKER, plantedEvent, SECRET_MARKER, SHARED_SECRET } from './planted.ts';

export const SENDER_SECRETS = {
  segment: { value: SHARED_SECRET, createdAt: new Date() },
  endpoint: { value: ENDPOINT_TOKEN, createdAt: new Date() },
  none: { value: undefined, createdAt: new Date() },
};

const SIGNED = (body: string): Readonly<Record<string, string>> => ({ 'x-signature': signature(body, SHARED_SECRET) });
const OPENED = { authorization: `Bearer ${ENDPOINT_TOKEN}` };

/** One request for each answer of the webhook, and for each way to be wrong on the way there. */
export function requestsFor(): readonly APIGatewayProxyEventV2[] {
  const single = JSON.stringify(plantedEvent());
  const batch = JSON.stringify([plantedEvent(), plantedEvent()]);
  const malformed = `{"broken": "${EVENT_MARKER}"`;
  return [
    request(single, SIGNED(single)),
    request(batch, OPENED),
    request(single, {}),
    request(single, { 'x-signature': EVENT_MARKER }),
    request(single, SIGNED(`${single} `)),
    request(single, { authorization: `Bearer ${SECRET_MARKER}-but-wrong` }),
    request(single, { authorization: `Basic ${SECRET_MARKER}` }),
    request(single, { ...SIGNED(single), authorization: `Bearer ${SECRET_MARKER}-but-wrong` }),
    request(batch, SIGNED(JSON.stringify(JSON.parse(batch)[0]))),
    request(malformed, SIGNED(malformed)),
    request(`[${malformed}`, OPENED),
    request(`"${EVENT_MARKER}\u0000"`, OPENED),
    request(single, SIGNED(single), { isBase64Encoded: true }),
    request(JSON.stringify(plantedEvent({ properties: { text: EVENT_MARKER.repeat(80_000) } })), OPENED),
    request(EVENT_MARKER.repeat(300_000), OPENED),
    request(single, SIGNED(single), { method: 'GET' }),
  ];
}

function request(body: string, headers: Readonly<Record<string, string>>, { isBase64Encoded = false, method = 'POST' } = {}): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: 'ANY /segment',
    rawPath: '/segment',
    rawQueryString: `token=${SECRET_MARKER}`,
    headers: { ...headers, 'content-type': 'application/json' },
    requestContext: {
      accountId: '',
      apiId: '',
      domainName: '',
      domainPrefix: '',
      http: { method, path: '/segment', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: EVENT_MARKER },
      requestId: 'request-1',
      routeKey: 'ANY /segment',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    body: isBase64Encoded ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded,
  };
}
