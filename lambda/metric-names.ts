/** Under which CloudWatch files them. */
export const METRICS_NAMESPACE = 'SegmentMetronomeBridge';

/** The dimension that keeps the bridges of an account and region apart: the name of the stack. */
export const STACK_DIMENSION = 'stack';

/** Every metric that the functions add up. Alarms and the dashboard read these names. */
export type MetricName =
  | 'Accepted'
  | 'NoCredential'
  | 'TooLarge'
  | 'CredentialMismatch'
  | 'BatchWithoutToken'
  | 'PreviousSecretUsed'
  | 'SecretUnreadable'
  | 'StoreFailed'
  | 'Delivered'
  | 'Filtered'
  | 'Quarantined'
  | 'Returned'
  | 'UsageEvents'
  | 'RoundedId'
  | 'Unaccounted'
  | 'MetronomeAnswers'
  | 'MetronomeAnswerWithBody'
  | 'TokenRefused'
  | 'TokenNotSet'
  | 'ArchiveFailed'
  | 'QuarantineFailed';

/** Every metric of which each value counts, for its percentiles or its maximum, with its unit. */
export const MEASURE_UNITS = {
  /** From when an event was accepted until Metronome had all of it; replays left out, which are late on purpose. */
  DeliveryLag: 'Seconds',
  /** Usage events in one request to Metronome; there are as many values as requests. */
  EventsPerRequest: 'Count',
  /** How long ago the oldest of the returned events was accepted; nothing if none was returned. */
  OldestReturnedAge: 'Seconds',
} as const;

export type MeasureName = keyof typeof MEASURE_UNITS;
