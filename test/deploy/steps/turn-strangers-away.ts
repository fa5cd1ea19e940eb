import { trackEvent, batchRequest, singleRequest } from '../../helpers/segment.ts';
import type { SegmentRequest } from '../../helpers/segment.ts';
import type { Run } from '../run-context.ts';
import { expectSame } from '../step-failure.ts';

/** What is not proven is not taken; only what shows nothing at all is refused for good. */
export async function turnStrangersAway({ stack, credentials: { sharedSecret } }: Run): Promise<void> {
  const event = trackEvent('of-a-stranger');
  expectSame('an answer to an event without any proof', 401, await statusOf(stack.webhook, singleRequest(event, {})));
  expectSame('an answer at the same address with a slash at its end', 401, await statusOf(`${stack.webhook}/`, singleRequest(event, {})));
  expectSame('an answer to a batch with no token', 503, await statusOf(stack.webhook, batchRequest([event, event], { sharedSecret })));
  expectSame('an answer to a wrong signature', 503, await statusOf(stack.webhook, singleRequest(event, { sharedSecret: 'of-a-stranger' })));
}

async function statusOf(url: string, { method, headers, body }: SegmentRequest): Promise<number> {
  const response = await fetch(url, { method, headers, body });
  await response.arrayBuffer();
  return response.status;
}
