import type { LedgerLine, LedgerUsage } from '../ledger/ledger-line.ts';

/** Texts kept for sharing; beyond that they are hardly shared. */
const MAX_SHARED = 10_000;
/** Longer ones are seldom equal, in characters. */
const MAX_CHARS = 200;

/**
 * A line that takes a fraction of the memory: the quarantine may hold a million of them, which say the same few things.
 */
export function createCompactor(): (line: LedgerLine) => LedgerLine {
  const known = new Map<string, string>();
  const shared = (text: string): string => {
    if (text.length > MAX_CHARS) return text;
    const same = known.get(text);
    if (same === undefined && known.size < MAX_SHARED) known.set(text, text);
    return same ?? text;
  };
  const sharedOrNone = <T extends string>(text: T | undefined): T | undefined => (text === undefined ? undefined : (shared(text) as T));
  const compactUsage = (usage: LedgerUsage): LedgerUsage => ({
    mapping: shared(usage.mapping),
    transactionId: usage.verdict === 'delivered' ? usage.transactionId : undefined,
    verdict: usage.verdict,
    reason: sharedOrNone(usage.reason),
    field: sharedOrNone(usage.field),
  });
  return (line) => ({
    v: line.v,
    at: line.at,
    sqsMessageId: line.sqsMessageId,
    replayOf: line.replayOf,
    messageId: line.messageId,
    acceptedAt: shared(line.acceptedAt),
    fate: line.fate,
    reason: sharedOrNone(line.reason),
    field: sharedOrNone(line.field),
    detail: sharedOrNone(line.detail),
    mappingVersion: shared(line.mappingVersion),
    usage: line.usage.map(compactUsage),
  });
}
