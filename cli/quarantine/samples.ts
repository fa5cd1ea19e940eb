import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { OpenRoot } from '../replay/open-roots.ts';
import type { Reading } from '../replay/reading.ts';

/** The full lines of a few events, by root: what is kept of millions of events doesn't tell everything. */
export async function sampleLines({ operator, onDamaged }: Pick<Reading, 'operator' | 'onDamaged'>, samples: readonly OpenRoot[]): Promise<ReadonlyMap<string, LedgerLine>> {
  const wanted = new Map(samples.map((sample) => [sample.root, sample]));
  const keys = new Set(samples.map(({ key }) => key));
  // How large they are was asked and shown before.
  const objects = [...keys].map((key) => ({ prefix: 'quarantine' as const, key, bytes: 0 }));
  const found = new Map<string, LedgerLine>();
  for await (const { line } of readLedger(operator, { plan: { objects, bytes: 0 }, onDamaged })) {
    const sample = wanted.get(rootOf(line));
    if (sample?.line.at === line.at && sample.line.sqsMessageId === line.sqsMessageId) found.set(sample.root, line);
  }
  return found;
}
