import { Duration } from 'aws-cdk-lib';

import { AT_ONCE, ONCE_A_DAY, untilNoneComesBack } from './rule.ts';
import type { AlarmContext, AlarmRule } from './rule.ts';

/** Events that have no good fate, or none that is written down. */
export function fateRules({ settings, metrics, bridge, safeFor }: AlarmContext): readonly AlarmRule[] {
  return [
    {
      ...AT_ONCE,
      id: 'Quarantined',
      // One alarm for all reasons: fourteen would say no more than the list does, and a bad release would ring several of them at once.
      metric: metrics.forward('Quarantined'),
      description:
        `Events were put in quarantine: as they are they can not be billed. The ledger keeps them for ${settings.quarantineDays} days, Metronome takes them until they are 33 days old, and its invoice closes 24 hours after its period by default. ` +
        `See them by reason: ${bridge('quarantine list')}. Mend the source or the mapping, deploy, then: ${bridge('quarantine replay')}.`,
    },
    {
      ...untilNoneComesBack(settings),
      id: 'QuarantineFailed',
      metric: metrics.forward('QuarantineFailed'),
      description:
        `The ledger bucket did not take quarantine records, so events that belong there go back to the queue; nothing is lost for ${safeFor}, then they end in the dead letters. ` +
        "Forward's log (ledger_write_failed) names the error: check the bucket, its policy and forward's role.",
    },
    {
      ...untilNoneComesBack(settings),
      id: 'ArchiveFailed',
      metric: metrics.forward('ArchiveFailed'),
      description:
        `The ledger bucket did not take archive records: delivered events are billed, but trace and reconcile don't know of them; filtered ones wait in the queue, safe for ${safeFor}. ` +
        "Forward's log (ledger_write_failed) names the error: check the bucket, its policy and forward's role.",
    },
    {
      ...AT_ONCE,
      id: 'Unaccounted',
      metric: metrics.forward('Unaccounted'),
      description:
        'A run of forward ended with events without a fate, or with two: a fault of the bridge itself. What has no fate goes back to the queue, so nothing is lost. ' +
        `Report it with the log line fates_do_not_add_up, and check the day tomorrow: ${bridge('reconcile')}.`,
    },
    {
      ...ONCE_A_DAY,
      id: 'RoundedId',
      metric: metrics.forward('RoundedId', { period: Duration.hours(1) }),
      description:
        'Ids were made from integers over 2^53, which JavaScript rounds: two customers, or two events, may have become one, and Metronome bills one of two events with the same transaction_id. ' +
        "Forward's log (ids_rounded) names the mappings. Let the source send such ids as text; no replay mends what was delivered.",
    },
  ];
}
