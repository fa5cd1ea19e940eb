import { fail, ok } from '../check.ts';
import type { BridgeContext, Check } from '../check.ts';
import { isMismatch, isTaken, postWebhook, unexpected } from '../post-webhook.ts';
import { fitsHeader, storedValue } from '../stored-value.ts';

/** Opens the way that batches go, and stores nothing, so it is safe whatever the mappings are. */
const EMPTY_BATCH = '[]';

/** Whether the webhook takes the endpoint token, which batches need. */
export const BATCHES: Check<BridgeContext> = {
  name: 'batches',
  async run({ bridge: { webhookUrl, account }, credentials: { endpointToken } }) {
    const token = await storedValue(endpointToken);
    if (!token) return fail('Nothing to prove them with: the endpoint token has no value.', endpointToken.howToSet);
    if (!fitsHeader(token)) return fail('The endpoint token has spaces or letters that no header can carry.', endpointToken.howToSet);
    const reply = await postWebhook(webhookUrl, EMPTY_BATCH, { authorization: `Bearer ${token}` });
    if (isTaken(reply)) return ok('It takes an empty batch with the endpoint token.');
    if (!isMismatch(reply)) return unexpected(reply, webhookUrl);
    if (account === undefined) return fail('The bridge was started with another endpoint token.', endpointToken.howToSet);
    return fail('The webhook refuses the endpoint token that is stored.', 'Is this the webhook of this stack? A token that was put a moment ago counts within 30 seconds: try again.');
  },
};
