import type { Construct } from 'constructs';

import { RETRY_EXPIRES_MS } from '../lambda/limits.ts';
import { fateRules } from './alarm-rules/fates.ts';
import { functionRules } from './alarm-rules/functions.ts';
import type { AlarmContext, AlarmRule } from './alarm-rules/rule.ts';
import { waitingRules } from './alarm-rules/waiting.ts';
import { webhookRules } from './alarm-rules/webhooks.ts';
import { bridgeMetrics } from './metrics.ts';
import { outageHours } from './outage-hours.ts';
import type { Settings } from './settings-schema.ts';
import type { Watched } from './watched.ts';

const HOUR_MS = 60 * 60_000;
const HOURS_OF_A_DAY = 24;

/** Every alarm of a bridge. */
export function alarmRules(bridge: Construct, watched: Watched): readonly AlarmRule[] {
  const context: AlarmContext = {
    ...watched,
    metrics: bridgeMetrics(bridge),
    safeFor: safeFor(watched.settings),
  };
  const rules = [...waitingRules(context), ...fateRules(context), ...webhookRules(context), ...functionRules(context)];
  return rules.map((rule) => Object.assign({}, rule, { description: `${rule.description} More: docs/operations.md, ${rule.id}.` }));
}

/** Until an event's receives are used up, or it goes into quarantine for its age; rounded down. */
function safeFor({ retryDelaysMinutes, maxReceiveCount }: Settings): string {
  const hours = Math.floor(Math.min(outageHours(retryDelaysMinutes, maxReceiveCount), RETRY_EXPIRES_MS / HOUR_MS));
  return hours < 2 * HOURS_OF_A_DAY ? `${hours} hours` : `${Math.floor(hours / HOURS_OF_A_DAY)} days`;
}
