import { errorName } from '../error-text.ts';
import type { Telemetry } from '../telemetry.ts';
import { ledgerLine } from './ledger-line.ts';
import type { LedgerPrefix, LedgerWriter } from './ledger.ts';
import type { Settled } from './settle.ts';

export interface RecordFatesDeps {
  readonly ledger: LedgerWriter;
  /** False when the archive is switched off: filtered events are then gone, as the operator was warned. */
  readonly archives: boolean;
  readonly mappingVersion: string;
  readonly telemetry: Telemetry;
  readonly now: () => number;
}

/**
 * Writes the ledger before anything is deleted from the queue. The ledger holds the only copy of what is quarantined or
 * filtered, so if it can't be written, these go back; a delivered event stays delivered, with an alarm.
 */
export async function recordFates(settled: readonly Settled[], deps: RecordFatesDeps): Promise<readonly Settled[]> {
  const quarantined = settled.filter((one) => one.fate.kind === 'quarantined' || isPartlyDelivered(one));
  const archived = deps.archives ? settled.filter(({ fate }) => fate.kind === 'delivered' || fate.kind === 'filtered') : [];
  const [quarantineIsWritten, archiveIsWritten] = await Promise.all([write('quarantine', quarantined, deps), write('archive', archived, deps)]);
  return settled.map((one) => {
    const isLost = (one.fate.kind === 'quarantined' && !quarantineIsWritten) || (one.fate.kind === 'filtered' && !archiveIsWritten);
    // Never into quarantine by its age: that is what can't be written.
    return isLost ? { ...one, fate: { kind: 'returned', cause: 'ledger_unavailable' } } : one;
  });
}

/**
 * An event that goes back although Metronome has taken a part of it leaves a line, as a `returned` one: whatever becomes
 * of it later, a replay then knows what must not be sent again.
 */
function isPartlyDelivered({ fate, usage }: Settled): boolean {
  return fate.kind === 'returned' && usage.some(({ verdict, before }) => verdict === 'delivered' && before === undefined);
}

async function write(prefix: LedgerPrefix, settled: readonly Settled[], deps: RecordFatesDeps): Promise<boolean> {
  if (settled.length === 0) return true;
  const at = deps.now();
  try {
    await deps.ledger.write(
      prefix,
      settled.map((one) => ledgerLine(one, deps.mappingVersion, at)),
      at,
    );
    return true;
  } catch (error) {
    deps.telemetry.count(prefix === 'archive' ? 'ArchiveFailed' : 'QuarantineFailed', settled.length);
    deps.telemetry.error('ledger_write_failed', { prefix, events: settled.length, error: errorName(error) });
    return false;
  }
}
