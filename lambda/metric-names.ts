/** Under which CloudWatch files them. */
export const METRICS_NAMESPACE = 'SegmentMetronomeBridge';

/** Every metric the functions emit. Alarms and the dashboard read these names. */
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
  | 'RoundedId'
  | 'Unaccounted'
  | 'MetronomeRequests'
  | 'MetronomeAnswerWithBody'
  | 'TokenRefused'
  | 'TokenNotSet'
  | 'ArchiveFailed'
  | 'QuarantineFailed';
