import { createHmac } from 'node:crypto';

import { fail, ok } from '../check.ts';
import type { BridgeContext, Check, Finding } from '../check.ts';
import { isMismatch, isTaken, postWebhook, unexpected } from '../post-webhook.ts';
import { safeEvent } from '../safe-event.ts';
import { storedValue } from '../stored-value.ts';

/** What the operator believes Segment to have. */
const GIVEN_SECRET = 'SEGMENT_SHARED_SECRET';
/** Proves the signature, and leaves nothing behind: neither an event nor a count that would end or raise an alarm. */
const NO_EVENTS = '[]';

/**
 * Whether the front door takes the signature.
 * @param sendsEvent whether an event goes all the way; only one that is surely filtered does
 */
export function webhook(sendsEvent: boolean): Check<BridgeContext> {
  return {
    name: 'webhook',
    async run(context) {
      const { bridge, credentials, io } = context;
      const given = bridge.account === undefined ? undefined : io.environment[GIVEN_SECRET] || undefined;
      const secret = given ?? (await storedValue(credentials.segment));
      if (!secret) return fail('Nothing to sign with: the Segment secret has no value.', credentials.segment.howToSet);
      if (!sendsEvent) return knock(NO_EVENTS, { secret, isGiven: given !== undefined }, context);
      const event = await safeEvent(bridge, io.now());
      return 'status' in event ? event : knock(JSON.stringify(event.event), { secret, isGiven: given !== undefined }, context);
    },
  };
}

interface Signer {
  readonly secret: string;
  /** By whoever asks the doctor, and not read from where it is stored. */
  readonly isGiven: boolean;
}

async function knock(body: string, { secret, isGiven }: Signer, context: BridgeContext): Promise<Finding> {
  const { webhookUrl } = context.bridge;
  const reply = await postWebhook(webhookUrl, body, { 'x-signature': createHmac('sha1', secret).update(body).digest('hex') });
  const { segment } = context.credentials;
  const what = body === NO_EVENTS ? 'an empty batch' : 'an event';
  if (isTaken(reply)) return ok(`It takes ${what} signed with ${isGiven ? GIVEN_SECRET : 'the Segment secret'}.`);
  if (!isMismatch(reply)) return unexpected(reply, webhookUrl);
  return isGiven ? fail(`${GIVEN_SECRET} is another secret than the bridge has.`, `Give Segment what the bridge has, or the bridge what Segment has.\n${segment.howToSet}`) : storedIsRefused(context);
}

function storedIsRefused({ bridge: { account }, credentials }: BridgeContext): Finding {
  if (account === undefined) return fail('The bridge was started with another Segment secret.', credentials.segment.howToSet);
  return fail('The webhook refuses the Segment secret that is stored.', 'Is this the webhook of this stack? A secret that was put a moment ago counts within 30 seconds: try again.');
}
