import type { LedgerLine, LedgerUsage } from '../../../cli/ledger/ledger-line.ts';

export const AT = Date.parse('2026-11-20T12:00:00.000Z');

/** A line `minutes` after the first; what isn't said is of no matter. */
export function lineOf(minutes: number, overrides: Partial<LedgerLine> = {}): LedgerLine {
  return {
    v: 1,
    at: atMinute(minutes),
    sqsMessageId: 'root',
    acceptedAt: atMinute(-1),
    fate: 'quarantined',
    mappingVersion: 'v1',
    usage: [],
    ...overrides,
  };
}

export const atMinute = (minutes: number): string => new Date(AT + minutes * 60_000).toISOString();

export const deliveredUsage = (mapping: string, transactionId: string): LedgerUsage => ({ mapping, transactionId, verdict: 'delivered', status: 200 });
