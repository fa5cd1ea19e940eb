import { z } from 'zod';

import { DEFAULT_EVENTS_PER_SECOND, METRONOME_BASE_URL, SQS_MAX_VISIBILITY_SECONDS } from '../lambda/limits.ts';
import { metronomeOrigin } from '../lambda/metronome-origin.ts';

/**
 * The longest single back-off, in minutes. With 25 % of jitter and the time a batch is in hand (15 minutes in the
 * function, 5 in the window) it stays inside the 12 hours for which SQS can hide a message.
 */
const MAX_RETRY_DELAY_MINUTES = 0.75 * (SQS_MAX_VISIBILITY_SECONDS / 60);

const ARN_ACCOUNT = String.raw`[a-z0-9-]+:\d{12}`;
const SECRET_ARN = new RegExp(String.raw`^arn:aws[a-z-]*:secretsmanager:${ARN_ACCOUNT}:secret:[\w/+=.@-]+$`);
const CERTIFICATE_ARN = new RegExp(String.raw`^arn:aws[a-z-]*:acm:${ARN_ACCOUNT}:certificate/[\w-]+$`);
const DOMAIN_NAME = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

const secretArn = z.string().regex(SECRET_ARN).optional().describe('the ARN of a Secrets Manager secret');

/**
 * Every setting with its own limits. Each description ends the sentence "… is X; expected …".
 * Limits of the event source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
 */
export const SETTINGS_SHAPE = {
  stackName: z.string().regex(STACK_NAME).describe('a CloudFormation stack name: a letter, then letters, digits and hyphens, at most 128 in all'),
  mappings: z.string().min(1).describe('the path of the mappings file'),
  metronomeBaseUrl: z
    .string()
    .transform((text, context) => {
      const origin = metronomeOrigin(text);
      if (origin === undefined) context.addIssue({ code: 'custom' });
      return origin ?? text;
    })
    .describe('an https origin without path, query and credentials, like https://api.metronome.com (http only for localhost, 127.0.0.0/8 and [::1])'),
  metronomeTokenSecretArn: secretArn,
  segmentSecretArn: secretArn,
  endpointTokenSecretArn: secretArn,
  domainName: z.string().max(253).regex(DOMAIN_NAME).optional().describe('a domain name in lower case, like bridge.example.com'),
  certificateArn: z.string().regex(CERTIFICATE_ARN).optional().describe('the ARN of an ACM certificate'),
  alarmEmail: z.email().optional().describe('an e-mail address'),
  archiveDays: z.int().min(0).describe('a whole number of days, or 0 for no archive'),
  quarantineDays: z.int().min(1).describe('a whole number of days, 1 or more'),
  batchSize: z.int().min(1).max(10_000).describe('a whole number of events from 1 to 10000'),
  batchWindowSeconds: z.number().min(0).max(300).describe('a number of seconds from 0 to 300'),
  maxConcurrency: z.int().min(2).max(1000).describe('a whole number from 2 to 1000'),
  metronomeEventsPerSecond: z.number().positive().describe('a number of events a second over 0'),
  forwardTimeoutSeconds: z.int().min(10).max(900).describe('a whole number of seconds from 10 to 900'),
  visibilityTimeoutSeconds: z.int().min(1).max(SQS_MAX_VISIBILITY_SECONDS).optional().describe(`a whole number of seconds from 1 to ${SQS_MAX_VISIBILITY_SECONDS}`),
  retryDelaysMinutes: z
    .array(z.number().positive().max(MAX_RETRY_DELAY_MINUTES))
    .min(1)
    .describe(`one or more delays in minutes, each over 0 and at most ${MAX_RETRY_DELAY_MINUTES}`),
  maxReceiveCount: z.int().min(1).max(1000).describe('a whole number from 1 to 1000'),
  previousSecretHours: z.number().min(0).describe('a number of hours, or 0 to refuse a secret as soon as it is replaced'),
  paused: z.boolean().describe('true or false'),
  nothingBilledAlarmHours: z.int().min(0).max(24).describe('a whole number of hours from 1 to 24, or 0 for no alarm'),
  silenceAlarmHours: z.int().min(0).max(24).describe('a whole number of hours from 1 to 24, or 0 for no alarm'),
  throttleRate: z.int().min(1).describe('a whole number of requests a second, 1 or more'),
  throttleBurst: z.int().min(1).describe('a whole number of requests, 1 or more'),
  ephemeral: z.boolean().describe('true or false'),
} as const;

export type SettingKey = keyof typeof SETTINGS_SHAPE;

export const SETTING_KEYS: readonly string[] = Object.keys(SETTINGS_SHAPE);

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS_SHAPE, key);
}

/** Settings as they are written: what has no fixed default may be absent. */
export type WrittenSettings = Readonly<z.output<z.ZodObject<typeof SETTINGS_SHAPE>>>;

/** Complete settings. Only what is truly optional (a domain, an alarm address, an own secret) may be undefined. */
export type Settings = WrittenSettings & { readonly visibilityTimeoutSeconds: number };

export const DEFAULTS: WrittenSettings & Readonly<Record<SettingKey, unknown>> = {
  stackName: 'SegmentMetronomeBridge',
  mappings: 'mappings.json',
  metronomeBaseUrl: METRONOME_BASE_URL,
  metronomeTokenSecretArn: undefined,
  segmentSecretArn: undefined,
  endpointTokenSecretArn: undefined,
  domainName: undefined,
  certificateArn: undefined,
  alarmEmail: undefined,
  // A day more than Metronome remembers a transaction_id: whatever can still be sent safely can still be found.
  archiveDays: 35,
  quarantineDays: 90,
  batchSize: 1000,
  // Each run writes an object to the ledger, the dearest thing about it: longer windows mean fewer runs (docs/cost.md).
  batchWindowSeconds: 20,
  maxConcurrency: 5,
  metronomeEventsPerSecond: DEFAULT_EVENTS_PER_SECOND,
  forwardTimeoutSeconds: 60,
  // Six times forwardTimeoutSeconds, as AWS advises.
  visibilityTimeoutSeconds: undefined,
  retryDelaysMinutes: [6, 12, 24, 48, 60],
  maxReceiveCount: 300,
  previousSecretHours: 72,
  paused: false,
  nothingBilledAlarmHours: 2,
  silenceAlarmHours: 24,
  // A tenth of the requests a second, and under half of the burst, that an account has in a region: other APIs keep theirs, and
  // at 50 ms a webhook 50 functions run at once. Segment sends what is answered 429 again.
  throttleRate: 1000,
  throttleBurst: 2000,
  ephemeral: false,
};

/** What the local run sets apart: an event shall be seen through within a moment. */
export const LOCAL_DEFAULTS = { batchWindowSeconds: 1 } as const satisfies Partial<WrittenSettings>;
