import { createHmac } from 'node:crypto';

/** An event as Segment sends it. */
export type SegmentEvent = Readonly<Record<string, unknown>> & { readonly messageId: string };

/** A request as Segment's "Webhook (Actions)" makes it. */
export interface SegmentRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Credentials {
  readonly sharedSecret?: string;
  readonly endpointToken?: string;
}

export const LOCAL_CREDENTIALS = { sharedSecret: 'local-shared-secret', endpointToken: 'local-endpoint-token' } as const;

/** A track call that the default mapping bills. */
export function trackEvent(messageId: string, overrides: Readonly<Record<string, unknown>> = {}, now: number = Date.now()): SegmentEvent {
  return {
    type: 'track',
    event: 'api_call',
    messageId,
    userId: 'user-1',
    timestamp: new Date(now).toISOString(),
    context: { groupId: 'customer-1', library: { name: 'analytics-node', version: '2.2.0' } },
    properties: { tokens: 120, model: 'small', region: 'eu-west-1' },
    ...overrides,
  };
}

/** One event: the body is the object, the signature covers it whole. */
export function singleRequest(event: unknown, credentials: Credentials = LOCAL_CREDENTIALS): SegmentRequest {
  const body = JSON.stringify(event);
  return request(body, body, { sharedSecret: credentials.sharedSecret });
}

/** A batch: the body is an array, the signature covers its first item alone; the endpoint token is a mapped header. */
export function batchRequest(events: readonly unknown[], credentials: Credentials = LOCAL_CREDENTIALS): SegmentRequest {
  return request(JSON.stringify(events), JSON.stringify(events[0]), credentials);
}

export function signature(text: string | Buffer, sharedSecret: string): string {
  return createHmac('sha1', sharedSecret).update(text).digest('hex');
}

function request(body: string, signed: string, { sharedSecret, endpointToken }: Credentials): SegmentRequest {
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Segment (Actions)',
      ...(sharedSecret === undefined ? {} : { 'x-signature': signature(signed, sharedSecret) }),
      ...(endpointToken === undefined ? {} : { authorization: `Bearer ${endpointToken}` }),
    },
    body,
  };
}
