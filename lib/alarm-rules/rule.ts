import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

import type { Settings } from '../config.ts';
import type { BridgeMetrics } from '../metrics.ts';
import type { Watched } from '../watched.ts';

export interface AlarmRule {
  /** Also the heading of its part in docs/operations.md. */
  readonly id: string;
  /** What is wrong, what it means for the money and until when, and what to do. */
  readonly description: string;
  readonly metric: IMetric;
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  /** How many periods are looked at. */
  readonly periods: number;
  /** In how many of these the threshold must be reached; all, if not given. */
  readonly breaching?: number;
  /** What no data means: decided for each. */
  readonly missing: TreatMissingData;
}

/** What rules are made of. */
export interface AlarmContext extends Watched {
  readonly metrics: BridgeMetrics;
  /** For how long an event that keeps coming back is safe: `11 days`. */
  readonly safeFor: string;
}

export const FIVE_MINUTES = Duration.minutes(5);
const HOURS_OF_A_DAY = 24;
/** What forward adds to a delay at most, as a part of it. */
const JITTER = 0.25;

export const AT_LEAST = { comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD } as const;

/** One in five minutes is enough. The metric is written only when it happens, so no data is good news. */
export const AT_ONCE = { ...AT_LEAST, threshold: 1, periods: 1, missing: TreatMissingData.NOT_BREACHING } as const;

/** One in any hour of a day, in hourly periods: told of once a day at most. For what is no emergency, and is there for weeks. */
export const ONCE_A_DAY = { ...AT_ONCE, periods: HOURS_OF_A_DAY, breaching: 1 } as const;

/**
 * At once, and until it has not happened for longer than an event is put off: where few events wait, they come back once an
 * hour, and an alarm that ended in between would tell the person on call that all is well.
 */
export function untilNoneComesBack(settings: Settings): Omit<AlarmRule, 'id' | 'description' | 'metric'> {
  return { ...AT_ONCE, periods: periodsUntilBack(settings), breaching: 1 };
}

/** The longest that a returned event may stay away, in periods of five minutes, and one more. */
function periodsUntilBack({ retryDelaysMinutes, batchWindowSeconds, forwardTimeoutSeconds }: Settings): number {
  const minutes = Math.max(...retryDelaysMinutes) * (1 + JITTER) + (batchWindowSeconds + forwardTimeoutSeconds) / 60;
  return Math.ceil(minutes / FIVE_MINUTES.toMinutes()) + 1;
}
