import { AT_ONCE, FIVE_MINUTES } from './rule.ts';
import type { AlarmContext, AlarmRule } from './rule.ts';

/** Functions that crash, run out of time, or may not run. */
export function functionRules({ settings, ingest, forward, bridge }: AlarmContext): readonly AlarmRule[] {
  const resent = 'Segment sends the webhooks again for about 4 hours, then they are lost.';
  const functions = [
    { name: 'Ingest', of: ingest, crash: resent, throttle: resent },
    {
      name: 'Forward',
      of: forward,
      crash: `Its events come back to the queue after visibilityTimeoutSeconds; the one that kills it ends in the dead letters, alone. See: ${bridge('deadletters list')}.`,
      throttle: `Its events stay in the queue and are fetched again; each time counts as a receive, and after maxReceiveCount (${settings.maxReceiveCount}) of them they end in the dead letters.`,
    },
  ];
  return functions.flatMap(({ name, of, crash, throttle }) => [
    {
      ...AT_ONCE,
      id: `${name}Errors`,
      metric: of.metricErrors({ period: FIVE_MINUTES }),
      description: `The ${name.toLowerCase()} function crashed or ran out of time. ${crash} Read its log for the cause.`,
    },
    {
      ...AT_ONCE,
      id: `${name}Throttles`,
      metric: of.metricThrottles({ period: FIVE_MINUTES }),
      description: `The ${name.toLowerCase()} function was throttled: the account's concurrency is used up. ${throttle} Ask AWS for a higher limit of concurrent executions, or see what else uses it.`,
    },
  ]);
}
