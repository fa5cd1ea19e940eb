import { rootOf } from '../../cli/ledger/ledger-line.ts';
import type { LedgerLine } from '../../cli/ledger/ledger-line.ts';
import { readLedger } from '../../cli/ledger/read-ledger.ts';
import { standingOf } from '../../cli/ledger/standing.ts';
import type { DamagedObject } from '../../cli/ledger/damaged-object.ts';
import { StepFailure } from './step-failure.ts';
import type { Run } from './run-context.ts';

const HOUR_MS = 60 * 60_000;

/**
 * The ledger's last word on each accepted message, by Segment's messageId; a webhook that was sent again may have been
 * accepted as two messages.
 * @throws StepFailure if an object of it can't be read
 */
export async function readFates({ stack, clients, startedAt }: Run): Promise<ReadonlyMap<string, readonly LedgerLine[]>> {
  const roots = new Map<string, { readonly line: LedgerLine }[]>();
  const range = { prefixes: ['archive', 'quarantine'], from: startedAt - HOUR_MS, to: Date.now() + HOUR_MS } as const;
  for await (const { line } of readLedger({ s3: clients.s3, bucket: stack.bucket }, { ...range, onDamaged: refuseDamaged })) {
    const lines = roots.get(rootOf(line)) ?? [];
    roots.set(rootOf(line), [...lines, { line }]);
  }
  const last = [...roots.values()].flatMap((lines) => standingOf(lines)?.line ?? []);
  return Map.groupBy(last, ({ messageId = '' }) => messageId);
}

function refuseDamaged({ message }: DamagedObject): Promise<never> {
  return Promise.reject(new StepFailure('a ledger that can be read', message));
}
