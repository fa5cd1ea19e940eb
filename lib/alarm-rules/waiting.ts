import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

import type { Settings } from '../config.ts';
import { AT_LEAST, AT_ONCE, FIVE_MINUTES, untilNoneComesBack } from './rule.ts';
import type { AlarmContext, AlarmRule } from './rule.ts';

/** The age at which an event has surely failed to go out more than once, in seconds. */
const MAX_AGE_ALARM_SECONDS = 15 * 60;
/** An event that waits so long may miss an invoice that closes today, in seconds. */
const RETURNED_ALARM_SECONDS = 60 * 60;
const QUARTER_HOUR = Duration.minutes(15);
const ONE_HOUR = Duration.hours(1);

const INVOICE = 'Metronome closes an invoice 24 hours after its period by default; what comes later is not on it.';

/** Events that are accepted and not billed yet. */
export function waitingRules(context: AlarmContext): readonly AlarmRule[] {
  return [...agesOf(context), ...standstills(context), ...tokenRules(context)];
}

function agesOf({ settings, events, deadLetters, metrics, bridge, safeFor }: AlarmContext): readonly AlarmRule[] {
  const maxAgeSeconds = oldestEventAlarmSeconds(settings);
  return [
    {
      ...AT_ONCE,
      id: 'DeadLetters',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM }),
      description:
        'Events are in the dead letter queue: forward died over them again and again, or an outage outlasted all tries. They are not billed, and SQS deletes each 14 days after it was accepted. ' +
        `See the days that are left: ${bridge('deadletters list')}. Read forward's log, mend the cause, then: ${bridge('deadletters replay')}.`,
    },
    {
      ...untilNoneComesBack(settings),
      id: 'OldestReturned',
      threshold: RETURNED_ALARM_SECONDS,
      // Of our own: SQS drops an event from its age metric after the third receive, so in an outage that one never gets far.
      metric: metrics.forward('OldestReturnedAge', { statistic: Stats.MAXIMUM }),
      description:
        `An event that was accepted over an hour ago went back to the queue again. Nothing is lost for ${safeFor}, but ${INVOICE} ` +
        `The dashboard's "Returned by cause" says why, forward's log what to do. See all at once: ${bridge('doctor')}.`,
    },
    {
      ...AT_ONCE,
      id: 'OldestEvent',
      metric: events.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM }),
      threshold: maxAgeSeconds,
      description:
        `Events wait in the queue for ${Math.round(maxAgeSeconds / 60)} minutes and more: forward does not fetch them (the bridge is paused, the event source is off, the backlog is long), or gives them back. ` +
        `Nothing is lost for ${safeFor}, but ${INVOICE} See which it is: ${bridge('doctor')}.`,
    },
  ];
}

function standstills(context: AlarmContext): readonly AlarmRule[] {
  return context.settings.nothingBilledAlarmHours === 0 ? [nothingDelivered(context)] : [nothingDelivered(context), nothingBilled(context)];
}

function nothingDelivered({ metrics, bridge, safeFor }: AlarmContext): AlarmRule {
  return {
    ...AT_LEAST,
    id: 'NothingDelivered',
    metric: new MathExpression({
      expression: 'IF(returned > 0 AND delivered < 1, 1, 0)',
      label: 'events returned, none delivered',
      usingMetrics: { returned: metrics.forward('Returned', { period: QUARTER_HOUR }), delivered: metrics.forward('Delivered', { period: QUARTER_HOUR }) },
      period: QUARTER_HOUR,
    }),
    threshold: 1,
    periods: 1,
    // Forward writes both whenever it runs. While it doesn't, the returned events are put off and nothing has changed.
    missing: TreatMissingData.IGNORE,
    description:
      'For 15 minutes events went back to the queue and none was delivered: Metronome is down or refuses everything, or its token, address or the mappings are wrong. ' +
      `Nothing is lost for ${safeFor}, but ${INVOICE} See which it is: ${bridge('doctor')}.`,
  };
}

function nothingBilled({ settings: { nothingBilledAlarmHours: hours }, metrics, bridge }: AlarmContext): AlarmRule {
  return {
    ...AT_LEAST,
    id: 'NothingBilled',
    metric: new MathExpression({
      expression: 'IF(accepted > 0 AND FILL(delivered, 0) < 1, 1, 0)',
      label: 'events accepted, none delivered',
      usingMetrics: { accepted: metrics.ingest('Accepted', { period: ONE_HOUR }), delivered: metrics.forward('Delivered', { period: ONE_HOUR }) },
      period: ONE_HOUR,
    }),
    threshold: 1,
    periods: hours,
    missing: TreatMissingData.NOT_BREACHING,
    description:
      `For ${hours} hour(s) events were accepted and none was delivered: no mapping matches them (a wrong trigger, or only events that are not billed came in), all are quarantined, or forward stands still; nothingBilledAlarmHours sets the time. ` +
      `Filtered events are kept for archiveDays and can be sent again until they are 33 days old: npm run bridge -- preview on some of them, mend the trigger, deploy, then ${bridge('replay --day <day>')}. ${INVOICE}`,
  };
}

function tokenRules({ settings, metrics, safeFor }: AlarmContext): readonly AlarmRule[] {
  return [
    {
      ...untilNoneComesBack(settings),
      id: 'TokenRefused',
      // Not the single refusals: of those a rotation makes one, and the new token is used at once.
      metric: metrics.forward('Returned', { of: { cause: 'token_refused' } }),
      description:
        `Metronome refuses the API token, also after it was read anew. Every event waits in the queue, and nothing is lost for ${safeFor}. ` +
        `Put a valid token (aws secretsmanager put-secret-value, secret MetronomeTokenSecretArn of the stack's outputs); the next event uses it, and those that wait come back by themselves. ${INVOICE}`,
    },
    {
      ...untilNoneComesBack(settings),
      id: 'TokenNotSet',
      metric: metrics.forward('Returned', { of: { cause: 'token_not_set' } }),
      description:
        `The API token of Metronome was never set, or is empty. Every event waits in the queue, and nothing is lost for ${safeFor}. ` +
        `Put one (aws secretsmanager put-secret-value, secret MetronomeTokenSecretArn of the stack's outputs); the next event uses it, and those that wait come back by themselves. ${INVOICE}`,
    },
  ];
}

/**
 * SQS leaves a message out of its age metric once it was received more than three times, so in an outage the metric never
 * exceeds the first three delays: the alarm lies within two.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function oldestEventAlarmSeconds({ retryDelaysMinutes, batchWindowSeconds }: Settings): number {
  const [first = 0, second = first] = retryDelaysMinutes;
  return Math.round(Math.min(MAX_AGE_ALARM_SECONDS, (first + second) * 60)) + batchWindowSeconds;
}
