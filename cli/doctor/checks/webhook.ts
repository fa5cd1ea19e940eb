import { createHmac, randomUUID } from 'node:crypto';

import { ConfigError } from '../../../lib/config.ts';
import type { Bridge } from '../bridge.ts';
import { fail, ok, warn } from '../check.ts';
import type { BridgeContext, Check, Finding } from '../check.ts';
import { isMismatch, isTaken, postWebhook, unexpected } from '../post-webhook.ts';
import { probeEvent } from '../probe-event.ts';
import type { ProbeEvent } from '../probe-event.ts';
import { storedValue } from '../stored-value.ts';
import { Unanswered } from '../unanswered.ts';

/** What the operator believes Segment to have. */
const GIVEN_SECRET = 'SEGMENT_SHARED_SECRET';

/** Whether a signed event gets through the front door; only one that is surely filtered is sent. */
export const WEBHOOK: Check<BridgeContext> = {
  name: 'webhook',
  async run(context) {
    const { bridge, credentials, io } = context;
    const given = bridge.account === undefined ? undefined : io.environment[GIVEN_SECRET] || undefined;
    const secret = given ?? (await storedValue(credentials.segment));
    if (!secret) return fail('Nothing to sign with: the Segment secret has no value.', credentials.segment.howToSet);
    const event = await safeEvent(bridge, io.now());
    if ('status' in event) return event;
    const body = JSON.stringify(event.event);
    const reply = await postWebhook(bridge.webhookUrl, body, { 'x-signature': createHmac('sha1', secret).update(body).digest('hex') });
    if (isTaken(reply)) return ok(given === undefined ? 'It takes a signed event.' : `It takes an event signed with ${GIVEN_SECRET}.`);
    if (!isMismatch(reply)) return unexpected(reply, bridge.webhookUrl);
    return given === undefined ? storedIsRefused(context) : fail(`${GIVEN_SECRET} is another secret than the bridge has.`, `Give Segment what the bridge has, or the bridge what Segment has.\n${credentials.segment.howToSet}`);
  },
};

function storedIsRefused({ bridge: { account }, credentials }: BridgeContext): Finding {
  if (account === undefined) return fail('The bridge was started with another Segment secret.', credentials.segment.howToSet);
  return fail('The webhook refuses the Segment secret that is stored.', 'Is this the webhook of this stack? A secret that was put a moment ago counts within 30 seconds: try again.');
}

async function safeEvent(bridge: Bridge, now: number): Promise<{ readonly event: ProbeEvent } | Finding> {
  const { mappings, account } = bridge;
  if (mappings instanceof ConfigError) return notSent("the mappings file can't be used", 'Mend the mappings first: npm run bridge -- lint');
  const isSame = await bridge.runsTheseMappings().catch((error: unknown) => {
    if (error instanceof Unanswered) return error;
    throw error;
  });
  if (isSame instanceof Unanswered) return notSent('which mappings run is unknown', isSame.next);
  if (!isSame) return notSent("other mappings run than the file's", account === undefined ? 'Stop npm start, and start it again.' : 'Deploy first: npx cdk deploy');
  const event = probeEvent(mappings.mappings, now, randomUUID);
  return event === undefined ? notSent('every type of event is taken by a mapping', 'Give each trigger a type, like type = "track"; or send an event from Segment and trace it.') : { event };
}

/** An event that a mapping takes would be billed, or set aside. */
function notSent(why: string, next: string): Finding {
  return warn(`No event was sent: ${why}, so it might be billed.`, next);
}
