import type { Bridge } from './bridge.ts';
import type { BridgeContext, Check, ConfigurationContext, CredentialsContext } from './check.ts';
import { alarms } from './checks/alarms.ts';
import { BATCHES } from './checks/batches.ts';
import { DATA_FOLDER } from './checks/data-folder.ts';
import { DEAD_LETTERS } from './checks/dead-letters.ts';
import { EVENT_SOURCE } from './checks/event-source.ts';
import { MAPPINGS } from './checks/mappings.ts';
import { METRONOME_TOKEN } from './checks/metronome-token.ts';
import { mismatches } from './checks/mismatches.ts';
import { QUARANTINE } from './checks/quarantine.ts';
import { QUEUE } from './checks/queue.ts';
import { RUNNING_MAPPINGS } from './checks/running-mappings.ts';
import { secretCheck } from './checks/secret.ts';
import { SETTINGS } from './checks/settings.ts';
import { WEBHOOK } from './checks/webhook.ts';

/** In the order in which they are shown: from what lies on this machine along the way of an event. */
export function configurationChecks(isLocal: boolean): readonly Check<ConfigurationContext>[] {
  return [SETTINGS, MAPPINGS, ...(isLocal ? [DATA_FOLDER] : [])];
}

export const CREDENTIALS_CHECKS: readonly Check<CredentialsContext>[] = [secretCheck('Segment secret', 'segment'), secretCheck('endpoint token', 'endpointToken'), METRONOME_TOKEN];

export function bridgeChecks({ account }: Bridge): readonly Check<BridgeContext>[] {
  const everywhere = [EVENT_SOURCE, QUEUE, DEAD_LETTERS, QUARANTINE];
  if (account === undefined) return [RUNNING_MAPPINGS, WEBHOOK, BATCHES, ...everywhere];
  return [RUNNING_MAPPINGS, WEBHOOK, BATCHES, mismatches(account), ...everywhere, alarms(account)];
}
