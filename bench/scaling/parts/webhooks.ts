import { HTTP_API_MAX_BODY_BYTES, INGEST_MAX_BODY_BYTES, INGEST_TIMEOUT_SECONDS } from '../../../lambda/limits.ts';
import type { Settings } from '../../../lib/config.ts';
import { API_ACCOUNT, SEGMENT_BATCH, SEGMENT_EVENTS_PER_SECOND, SEGMENT_FAILURES_PER_SECOND } from '../quotas.ts';
import { exact } from '../words.ts';
import { perSize } from './part.ts';
import type { Saturation } from './part.ts';

/** What a webhook passes before any code of ours. */
export function webhookParts(settings: Settings): readonly Saturation[] {
  return [segment(), webhookBody(), accountThrottle(), ownThrottle(settings)];
}

function segment(): Saturation {
  return {
    part: 'Segment',
    limit:
      `${exact(SEGMENT_EVENTS_PER_SECOND)} events/s of a workspace; ${exact(SEGMENT_BATCH.byDefault)} events a webhook by default, ${exact(SEGMENT_BATCH.most)} at most. ` +
      `How many webhooks it sends at once isn't published. Over ${exact(SEGMENT_FAILURES_PER_SECOND)} failures a second it may try less often`,
    eventsPerSecond: perSize(() => exact(SEGMENT_EVENTS_PER_SECOND)),
    movedBy: "an arrangement with Segment; the batch size in the webhook's mapping",
    alarms: [],
    graphs: ['Events accepted'],
    alsoSeen: "the destination's delivery page in Segment",
  };
}

function webhookBody(): Saturation {
  return {
    part: 'body of a webhook',
    limit: `${INGEST_MAX_BODY_BYTES / 1_000_000} MB (ours, under Lambda's 6 MiB and API Gateway's ${HTTP_API_MAX_BODY_BYTES / 1024 ** 2} MiB): ${exact(INGEST_MAX_BODY_BYTES / 2_000)} events of 2 KB. It can't be raised, and what is larger is refused for good (413). An answer takes ${INGEST_TIMEOUT_SECONDS} s at most`,
    eventsPerSecond: perSize(() => 'no matter'),
    movedBy: 'a smaller batch size in Segment',
    alarms: ['TooLarge'],
    graphs: ['Webhooks refused by cause'],
  };
}

function accountThrottle(): Saturation {
  return {
    part: "API Gateway, the account's throttle",
    limit: `${exact(API_ACCOUNT.requestsPerSecond)} requests/s of all APIs in the region, ${exact(API_ACCOUNT.inSmallRegions)} in the smaller regions; can be raised. ${exact(API_ACCOUNT.burst)} at once (${exact(API_ACCOUNT.burstInSmallRegions)}), which AWS sets`,
    eventsPerSecond: perSize((size) => exact(API_ACCOUNT.requestsPerSecond * size)),
    movedBy: 'Service Quotas, API Gateway: throttle rate; larger batches in Segment',
    alarms: ['WebhooksThrottled'],
    graphs: ['Webhooks failed', 'Cost driver: webhooks'],
  };
}

function ownThrottle({ throttleRate, throttleBurst }: Settings): Saturation {
  return {
    part: "API Gateway, this API's throttle",
    limit: `\`throttleRate\` ${exact(throttleRate)} requests/s, \`throttleBurst\` ${exact(throttleBurst)} at once`,
    eventsPerSecond: perSize((size) => exact(throttleRate * size)),
    movedBy: '`throttleRate`, `throttleBurst`',
    alarms: ['WebhooksThrottled'],
    graphs: ['Webhooks failed', 'Cost driver: webhooks'],
  };
}
