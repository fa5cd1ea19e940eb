import { visible } from '../text.ts';
import type { LedgerLine, LedgerUsage } from './ledger-line.ts';

/** A line as a person may see it: its ids, names and sentences come out of events, or quote them. */
export function visibleLine(line: LedgerLine): LedgerLine {
  return {
    ...line,
    ...visibleFault(line),
    at: visible(line.at),
    sqsMessageId: visible(line.sqsMessageId),
    replayOf: visibleOrNone(line.replayOf),
    messageId: visibleOrNone(line.messageId),
    acceptedAt: visible(line.acceptedAt),
    cause: visibleOrNone(line.cause),
    mappingVersion: visible(line.mappingVersion),
    usage: line.usage.map(visibleUsage),
  };
}

function visibleUsage(usage: LedgerUsage): LedgerUsage {
  return { ...usage, ...visibleFault(usage), mapping: visible(usage.mapping), transactionId: visibleOrNone(usage.transactionId) };
}

interface Fault {
  readonly reason?: string | undefined;
  readonly field?: string | undefined;
  readonly detail?: string | undefined;
}

/** Also what today's mappings say of an event. */
export function visibleFault({ reason, field, detail }: Fault): Fault {
  return { reason: visibleOrNone(reason), field: visibleOrNone(field), detail: visibleOrNone(detail) };
}

function visibleOrNone(text: string | undefined): string | undefined {
  return text === undefined ? undefined : visible(text);
}
