import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

import { AT_ONCE, FIVE_MINUTES } from './rule.ts';
import type { AlarmContext, AlarmRule } from './rule.ts';

/** Webhooks in five minutes: who is throttled has many, and a stranger who tries other paths few. */
const MANY_REFUSED = 100;

/** Spans of half a day, of which the last four are looked at: three say that a rotation isn't over after a day. */
const HALF_DAY = Duration.hours(12);
const HALF_DAYS_SEEN = 4;
const HALF_DAYS_USED = 3;

const FOUR_HOURS = 'Segment tries again for about 4 hours, then the events are lost.';
const LOST = 'Segment has dropped their events; send them again from the source.';

/** What Segment sends, or doesn't. */
export function webhookRules(context: AlarmContext): readonly AlarmRule[] {
  const { settings } = context;
  const rotation = settings.previousSecretHours === 0 ? [] : previousSecretRules(context);
  const silence = settings.silenceAlarmHours === 0 ? [] : [silenceRule(context)];
  return [...credentialRules(context), ...refusalRules(context), ...storeRules(context), throttledRule(context), ...rotation, ...silence];
}

function credentialRules({ metrics, bridge }: AlarmContext): readonly AlarmRule[] {
  return [
    {
      ...AT_ONCE,
      id: 'CredentialMismatch',
      metric: metrics.ingest('CredentialMismatch'),
      description:
        `Webhooks are answered 503, as their signature or token matches no live secret. ${FOUR_HOURS} ` +
        `Set the same value in Segment and in the bridge, whichever is wrong; the log line credential_mismatch says whether it is the signature or the token. See: ${bridge('doctor')}. A stranger who guesses rings this, too: if Accepted goes on as usual, nothing is to be done.`,
    },
    {
      ...AT_ONCE,
      id: 'BatchWithoutToken',
      metric: metrics.ingest('BatchWithoutToken'),
      description:
        `Batches are answered 503, as they come without the right endpoint token, and Segment signs only their first event. ${FOUR_HOURS} ` +
        "Add the header Authorization with Bearer and the value of EndpointTokenSecretArn to the mapping in Segment, or set its batch size to 0.",
    },
  ];
}

function refusalRules({ metrics }: AlarmContext): readonly AlarmRule[] {
  return [
    {
      ...AT_ONCE,
      id: 'NoCredential',
      metric: metrics.ingest('NoCredential'),
      description:
        `Webhooks were refused for good (401), as they show neither signature nor token. If they came from Segment: ${LOST} ` +
        "Set the shared secret in Segment's webhook destination. A stranger who found the URL rings this, too: if Accepted goes on as usual, nothing is to be done.",
    },
    {
      ...AT_ONCE,
      id: 'TooLarge',
      metric: metrics.ingest('TooLarge'),
      description:
        `Webhooks were refused for good (413): a body over 5.5 MB, or an event over 1 MiB. ${LOST} ` +
        "Lower the batch size in Segment. Ingest's log line webhook_refused_for_good has the sizes.",
    },
  ];
}

function storeRules({ metrics, api, bridge }: AlarmContext): readonly AlarmRule[] {
  return [
    {
      ...AT_ONCE,
      id: 'StoreFailed',
      metric: metrics.ingest('StoreFailed'),
      description:
        `Events could not be stored in the queue, and their webhooks were answered 503. ${FOUR_HOURS} ` +
        "A resend is harmless. Ingest's log (send_message_failed) names the error: SQS is ill, throttles, or ingest's role or the queue's policy was changed.",
    },
    {
      ...AT_ONCE,
      id: 'SecretUnreadable',
      metric: metrics.ingest('SecretUnreadable'),
      description:
        `Ingest can not read its secrets, so it knows no sender and answers 503. ${FOUR_HOURS} ` +
        "Ingest's log (ingest_failed) names the error: the secret was deleted, its key policy or ingest's role was changed, or Secrets Manager is ill.",
    },
    {
      ...AT_ONCE,
      id: 'WebhooksFailed',
      // The total, with what ingest never saw: a crash, or a body that API Gateway could not hand over.
      metric: api.metricServerError({ period: FIVE_MINUTES, statistic: Stats.SUM }),
      periods: 2,
      description:
        `Webhooks are answered with 5xx for 10 minutes, whatever the cause. ${FOUR_HOURS} ` +
        `If no other alarm says why, the API's access log does (integrationError). See: ${bridge('doctor')}.`,
    },
  ];
}

/**
 * API Gateway counts its own 429 only among all 4xx; ingest never sees such a request. What is left beside ingest's 401 and 413 is
 * throttled, or asks for what isn't there. Of very many it may count only some:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-monitor.html
 */
function throttledRule({ metrics, api, settings }: AlarmContext): AlarmRule {
  return {
    ...AT_ONCE,
    id: 'WebhooksThrottled',
    metric: new MathExpression({
      expression: 'refused - FILL(noCredential, 0) - FILL(tooLarge, 0)',
      label: '4xx beside 401 and 413',
      usingMetrics: {
        refused: api.metricClientError({ period: FIVE_MINUTES, statistic: Stats.SUM }),
        noCredential: metrics.ingest('NoCredential'),
        tooLarge: metrics.ingest('TooLarge'),
      },
      period: FIVE_MINUTES,
    }),
    threshold: MANY_REFUSED,
    periods: 3,
    description:
      `For 15 minutes many webhooks were refused for another cause than 401 and 413: most likely more came than the API takes (429). ${FOUR_HOURS} ` +
      `Raise throttleRate (now ${settings.throttleRate} a second) and throttleBurst, or the account's quota if that is lower, or let Segment send batches. A stranger who calls other paths or methods without end rings this, too: the API's access log has status and sourceIp.`,
  };
}

function previousSecretRules({ metrics, settings }: AlarmContext): readonly AlarmRule[] {
  const rule = (id: string, secret: string, does: string, cure: string): AlarmRule => ({
    ...AT_ONCE,
    id,
    metric: metrics.ingest('PreviousSecretUsed', { of: { secret }, period: HALF_DAY }),
    periods: HALF_DAYS_SEEN,
    breaching: HALF_DAYS_USED,
    description:
      `About a day after its rotation Segment still ${does}. It is refused (503) ${settings.previousSecretHours} hours after the new one was put, and 4 hours later events are lost. ` +
      `${cure} If Segment has it, somebody else uses the old one: revoke it, as docs/operations.md says.`,
  });
  return [
    rule('PreviousSegmentSecret', 'segment', 'signs with the previous shared secret', 'Put the value of SegmentSecretArn into the setting Shared Secret in Segment.'),
    rule('PreviousEndpointToken', 'endpointToken', 'sends the previous endpoint token', 'Put the value of EndpointTokenSecretArn into the header Authorization of the mapping in Segment.'),
  ];
}

/**
 * In hourly periods. One period of a whole day would be slower to notice: its older, good neighbours are looked at too while
 * data is missing.
 */
function silenceRule({ metrics, settings }: AlarmContext): AlarmRule {
  return {
    id: 'Silence',
    metric: metrics.ingest('Accepted', { period: Duration.hours(1) }),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    periods: settings.silenceAlarmHours,
    missing: TreatMissingData.BREACHING,
    description:
      `No event was accepted for ${settings.silenceAlarmHours} hour(s). If the source is not simply quiet, the webhook in Segment is switched off, points elsewhere, or is refused, and what Segment gave up on is lost. ` +
      "Look at the destination's delivery page in Segment and at the API's access log; silenceAlarmHours sets the time. A new bridge rings this until its first event.",
  };
}
