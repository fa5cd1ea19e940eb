import type { Bridge } from './bridge.ts';
import type { BridgeContext, Check, ConfigurationContext, CredentialsContext } from './check.ts';
import { alarms } from './checks/alarms.ts';
import { BATCHES } from './checks/batches.ts';
import { DATA_FOLDER } from './checks/data-folder.ts';
import { DEAD_LETTERS } from './checks/dead-letters.ts';
import { EVENT_SOURCE } from './checks/event-source.ts';
import { MAPPINGS } from './checks/mappings.ts';
import { metronomeChecks } from './checks/metronome.ts';
import { mismatches } from './checks/mismatches.ts';
import { QUARANTINE } from './checks/quarantine.ts';
import { QUEUE } from './checks/queue.ts';
import { RUNNING_MAPPINGS } from './checks/running-mappings.ts';
import { secretCheck } from './checks/secret.ts';
import { SETTINGS } from './checks/settings.ts';
import { webhook } from './checks/webhook.ts';

/** In the order in which they are shown: from what lies on this machine along the way of an event. */
export function configurationChecks(isLocal: boolean): readonly Check<ConfigurationContext>[] {
  return [SETTINGS, MAPPINGS, ...(isLocal ? [DATA_FOLDER] : [])];
}

export function credentialsChecks(): readonly Check<CredentialsContext>[] {
  return [secretCheck('Segment secret', 'segment'), secretCheck('endpoint token', 'endpointToken'), ...metronomeChecks()];
}

/** @param sendsEvent whether an event goes all the way */
export function bridgeChecks({ account }: Bridge, sendsEvent: boolean): readonly Check<BridgeContext>[] {
  const everywhere = [EVENT_SOURCE, QUEUE, DEAD_LETTERS, QUARANTINE];
  if (account === undefined) return [RUNNING_MAPPINGS, webhook(sendsEvent), BATCHES, ...everywhere];
  return [RUNNING_MAPPINGS, webhook(sendsEvent), BATCHES, mismatches(account), ...everywhere, alarms(account)];
}
