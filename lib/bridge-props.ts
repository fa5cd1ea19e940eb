/**
 * What a bridge can be told: the settings of docs/settings.md, as props. Every one has a default; a value that can't be
 * deployed is refused with a ConfigError that names it.
 *
 * The four ARNs may be tokens, such as `secret.secretArn` of a secret in the same app. Nothing else may: it is checked now.
 */
export interface SegmentMetronomeBridgeProps {
  /**
   * Path of the mappings file: absolute, or relative to the folder the app runs in, which is that of `cdk.json`.
   * @default mappings.json
   */
  readonly mappings?: string;
  /**
   * Where Metronome is: an https origin without a path.
   * @default https://api.metronome.com
   */
  readonly metronomeBaseUrl?: string;
  /**
   * ARN of an own secret with Metronome's API token, complete or without its random suffix.
   * @default a new secret, without a value
   */
  readonly metronomeTokenSecretArn?: string | undefined;
  /**
   * ARN of an own secret with Segment's shared secret, complete or without its random suffix.
   * @default a new secret, generated
   */
  readonly segmentSecretArn?: string | undefined;
  /**
   * ARN of an own secret with the endpoint token, complete or without its random suffix.
   * @default a new secret, generated
   */
  readonly endpointTokenSecretArn?: string | undefined;
  /**
   * A domain of your own for the webhook, in lower case; needs `certificateArn`.
   * @default the API's own address alone
   */
  readonly domainName?: string | undefined;
  /**
   * ARN of the ACM certificate of `domainName`, in the stack's region.
   * @default none
   */
  readonly certificateArn?: string | undefined;
  /**
   * Who is told of alarms.
   * @default nobody: `alarmTopic` waits for a subscriber
   */
  readonly alarmEmail?: string | undefined;
  /**
   * How long delivered and filtered events are kept, in days; 0 keeps none, and filtered events are then gone.
   * @default 35
   */
  readonly archiveDays?: number;
  /**
   * How long quarantined events are kept, in days.
   * @default 90
   */
  readonly quarantineDays?: number;
  /**
   * Most events that one run of forward takes from the queue, 1 to 10,000.
   * @default 1000
   */
  readonly batchSize?: number;
  /**
   * How long forward's batch is waited for, in whole seconds from 0 to 300.
   * @default 20
   */
  readonly batchWindowSeconds?: number;
  /**
   * Most runs of forward at once, 2 to 1,000.
   * @default 5
   */
  readonly maxConcurrency?: number;
  /**
   * The rate that all runs of forward together keep to, in usage events a second; under your Metronome account's own.
   * @default 4750
   */
  readonly metronomeEventsPerSecond?: number;
  /**
   * How long one run of forward may take, in whole seconds from 10 to 900.
   * @default 60
   */
  readonly forwardTimeoutSeconds?: number;
  /**
   * How long the queue hides an event whose run of forward died, in whole seconds.
   * @default six times forwardTimeoutSeconds
   */
  readonly visibilityTimeoutSeconds?: number | undefined;
  /**
   * How long an event waits after its first, second, … return, in minutes; the last one repeats.
   * @default [6, 12, 24, 48, 60]
   */
  readonly retryDelaysMinutes?: readonly number[];
  /**
   * How often an event is tried before it goes to the dead letters, 1 to 1,000.
   * @default 300
   */
  readonly maxReceiveCount?: number;
  /**
   * How long the previous shared secret and endpoint token still count after a rotation, in hours.
   * @default 72
   */
  readonly previousSecretHours?: number;
  /**
   * Events are accepted and wait; nothing is forwarded.
   * @default false
   */
  readonly paused?: boolean;
  /**
   * Alarm when events were accepted and none was delivered for so long, in whole hours from 1 to 24; 0 switches it off.
   * @default 2
   */
  readonly nothingBilledAlarmHours?: number;
  /**
   * Alarm when no event was accepted for so long, in whole hours from 1 to 24; 0 switches it off.
   * @default 24
   */
  readonly silenceAlarmHours?: number;
  /**
   * Webhook requests a second before API Gateway answers 429, which Segment tries again.
   * @default 1000
   */
  readonly throttleRate?: number;
  /**
   * Webhook requests at once before that.
   * @default 2000
   */
  readonly throttleBurst?: number;
  /**
   * For trials: everything is destroyed with the stack, and short outages may end in dead letters.
   * @default false
   */
  readonly ephemeral?: boolean;
}
