import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

import type { Settings } from './config.ts';
import { bridgeMetric } from './metrics.ts';
import type { Watched } from './watched.ts';

export interface AlarmRule {
  readonly id: string;
  /** What is wrong, what it means for the events, and what to do. */
  readonly description: string;
  readonly metric: IMetric;
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  /** In so many periods one after the other. */
  readonly periods: number;
  /** What no data means: decided for each. */
  readonly missing: TreatMissingData;
}

const FIVE_MINUTES = Duration.minutes(5);
/** The age at which an event has surely failed to go out more than once, in seconds. */
const MAX_AGE_ALARM_SECONDS = 15 * 60;

const AT_LEAST = { comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD };

/** Every alarm of the bridge. */
export function alarmRules(watched: Watched): readonly AlarmRule[] {
  const { settings, api, ingest, forward, events, deadLetters } = watched;
  const maxAgeSeconds = oldestEventAlarmSeconds(settings);
  // A metric that is only written when something happens is silent while all is well.
  const quiet = { ...AT_LEAST, threshold: 1, periods: 1, missing: TreatMissingData.NOT_BREACHING };
  const rules: readonly AlarmRule[] = [
    {
      ...quiet,
      id: 'DeadLetters',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM }),
      description:
        'Events ended in the dead letter queue: the forward function died over them again and again, or an outage outlasted all tries. ' +
        'They are not billed, and SQS deletes them 14 days after they were accepted. Read the forward log, mend the cause, then start a redrive of the dead letter queue.',
    },
    {
      id: 'OldestEvent',
      metric: events.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM }),
      ...AT_LEAST,
      threshold: maxAgeSeconds,
      periods: 1,
      missing: TreatMissingData.NOT_BREACHING,
      description:
        `Events wait in the queue for ${Math.round(maxAgeSeconds / 60)} minutes and more: Metronome does not take them, its token is missing or refused, the ledger can not be written, or the bridge is paused. ` +
        'Nothing is lost, they are tried again for days. The forward log names the cause; look at Metronome, too.',
    },
    {
      ...quiet,
      id: 'WebhooksFailed',
      metric: api.metricServerError({ period: FIVE_MINUTES, statistic: Stats.SUM }),
      periods: 2,
      description:
        'Webhooks are answered with 5xx: a secret does not match what Segment uses, a batch comes without the endpoint token, or storing fails. ' +
        'Segment gives up after about 4 hours, then events are lost. The ingest log names the reason.',
    },
    {
      ...quiet,
      id: 'TooLarge',
      metric: bridgeMetric('ingest', 'TooLarge'),
      description:
        'Webhooks were refused for their size, and Segment has dropped their events: a body over 5.5 MB, or an event over 1 MiB. ' +
        'Lower the batch size in Segment, and send what is missing again from there. The ingest log has the sizes.',
    },
    {
      ...quiet,
      id: 'Quarantined',
      metric: bridgeMetric('forward', 'Quarantined'),
      description: 'Events were put in quarantine: they can not be billed as they are. The ledger bucket keeps them under quarantine/, each with the reason and the field at fault.',
    },
    {
      ...quiet,
      id: 'QuarantineFailed',
      metric: bridgeMetric('forward', 'QuarantineFailed'),
      description:
        'The ledger bucket did not take quarantine records, so events that belong there go back to the queue and are tried again for days. Check the bucket and the forward role.',
    },
    {
      ...quiet,
      id: 'ArchiveFailed',
      metric: bridgeMetric('forward', 'ArchiveFailed'),
      description: 'The ledger bucket did not take archive records: delivered events are billed but can not be looked up, filtered ones wait in the queue. Check the bucket and the forward role.',
    },
    ...[
      { name: 'Ingest', of: ingest, harm: 'Segment sends the webhooks again for about 4 hours, then they are lost.' },
      { name: 'Forward', of: forward, harm: 'The events stay in the queue and are tried again.' },
    ].flatMap(({ name, of, harm }) => [
      {
        ...quiet,
        id: `${name}Errors`,
        metric: of.metricErrors({ period: FIVE_MINUTES }),
        description: `The ${name.toLowerCase()} function crashed or ran out of time. ${harm} Read its log for the cause.`,
      },
      {
        ...quiet,
        id: `${name}Throttles`,
        metric: of.metricThrottles({ period: FIVE_MINUTES }),
        description: `The ${name.toLowerCase()} function was throttled: the account's concurrency is used up. ${harm} Ask AWS for a higher limit, or see what else uses it.`,
      },
    ]),
  ];
  return settings.silenceAlarmHours === 0 ? rules : [...rules, silence(settings.silenceAlarmHours)];
}

/**
 * In hourly periods, of which CloudWatch evaluates a day at most. One period of a whole day would be slower to notice: its
 * older, good neighbours are looked at too while data is missing.
 */
function silence(hours: number): AlarmRule {
  return {
    id: 'Silence',
    metric: bridgeMetric('ingest', 'Accepted', Duration.hours(1)),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    periods: hours,
    missing: TreatMissingData.BREACHING,
    description:
      `No event was accepted for ${hours} hour(s). If the source is not simply quiet, the webhook in Segment is switched off, points elsewhere, or is refused: ` +
      "look at the destination's delivery page in Segment and at the API's access log.",
  };
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
