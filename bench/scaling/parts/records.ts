import { MAX_IDS } from '../../../cli/ledger/id-numbers.ts';
import type { Settings } from '../../../lib/config.ts';
import { mostRunsPerSecond, secretReadsPerSecond } from '../capacity.ts';
import { reconcileLimit } from '../ledger-reading.ts';
import { LEDGER_BYTES_PER_EVENT, LEDGER_MB_PER_SECOND, RECONCILE_BYTES_PER_EVENT } from '../measured.ts';
import { LAMBDA_CONCURRENCY, S3_PUTS_PER_SECOND, SECRET_READS_PER_SECOND } from '../quotas.ts';
import { about, exact } from '../words.ts';
import { perSize } from './part.ts';
import type { Saturation } from './part.ts';

/** What is written beside the events' way, and who reads it. */
export function recordParts(settings: Settings): readonly Saturation[] {
  return [ledger(settings), secrets(), logs(), ledgerReaders(), reconcile()];
}

function ledger(settings: Settings): Saturation {
  return {
    part: 'ledger (S3)',
    limit: `${exact(S3_PUTS_PER_SECOND)} objects/s under a prefix; \`archive/\` and \`quarantine/\` get one each of a run, and there are ${about(mostRunsPerSecond(settings))} runs a second at most`,
    eventsPerSecond: perSize(() => exact(S3_PUTS_PER_SECOND * settings.batchSize)),
    movedBy: 'larger `batchSize` or `batchWindowSeconds`',
    alarms: ['ArchiveFailed', 'QuarantineFailed'],
    graphs: ['Cost driver: runs and requests'],
  };
}

function secrets(): Saturation {
  return {
    part: 'Secrets Manager',
    limit: `${exact(SECRET_READS_PER_SECOND)} reads/s. A container reads its secrets every 5 minutes: ${about(secretReadsPerSecond(LAMBDA_CONCURRENCY.byDefault))} reads/s of ${exact(LAMBDA_CONCURRENCY.byDefault)} containers`,
    eventsPerSecond: perSize(() => 'none'),
    movedBy: 'nothing to move',
    alarms: ['SecretUnreadable'],
    graphs: [],
  };
}

function logs(): Saturation {
  return {
    part: 'logs and metrics',
    limit: 'the functions only print, and Lambda and CloudWatch carry it: no rate is published for that. Two lines a webhook (access log, metrics), one for every 100 events delivered, one for each quarantined: a matter of cost',
    eventsPerSecond: perSize(() => 'none'),
    movedBy: 'larger batches in Segment',
    alarms: [],
    graphs: ['Cost driver: log bytes'],
  };
}

function ledgerReaders(): Saturation {
  return {
    part: '`trace` and other readers',
    limit: `${LEDGER_MB_PER_SECOND} MB/s of compressed ledger on one machine, ${LEDGER_BYTES_PER_EVENT} bytes for an event of 0.4 KB: beyond this rate reading a day takes a day`,
    eventsPerSecond: perSize(() => about((LEDGER_MB_PER_SECOND * 1_000_000) / LEDGER_BYTES_PER_EVENT)),
    movedBy: 'a narrower time (`--hours`, `--around`); more bridges',
    alarms: [],
    graphs: [],
    alsoSeen: '[how long it takes](#reading-the-ledger)',
  };
}

function reconcile(): Saturation {
  return {
    part: '`reconcile` of a day',
    limit: `${exact(MAX_IDS)} messages, each ${RECONCILE_BYTES_PER_EVENT} bytes of memory`,
    eventsPerSecond: perSize(() => exact(reconcileLimit())),
    movedBy: 'more bridges; a machine with more memory',
    alarms: [],
    graphs: [],
    alsoSeen: '[how much it takes](#reading-the-ledger)',
  };
}
