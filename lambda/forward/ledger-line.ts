import type { Fate } from './fate.ts';
import type { Settled, SettledUsage } from './settle.ts';

/** Format of a ledger line. */
const LEDGER_VERSION = 1;

/** Where a reader of lines may break one: at U+2028 and U+2029 too, as Node's readline does. */
const LINE_BREAKS = /[\r\n\u2028\u2029]/g;

/**
 * One line of NDJSON for a settled event, with the event as it came: JSON is spliced in as text, so that no number
 * changes. An event that isn't known to be JSON is a string, and `eventEncoding` says of what: `text` or `base64`.
 * @param at epoch milliseconds
 */
export function ledgerLine(settled: Settled, mappingVersion: string, at: number): string {
  const { queued, messageId, fate } = settled;
  const head = JSON.stringify({
    v: LEDGER_VERSION,
    at: new Date(at).toISOString(),
    sqsMessageId: queued.sqsMessageId,
    replayOf: queued.replay?.of,
    replayId: queued.replay?.id,
    messageId,
    acceptedAt: new Date(queued.acceptedAt).toISOString(),
    fate: fate.kind,
    ...fateMembers(fate),
    mappingVersion,
    usage: settled.usage.map(usageLine),
  });
  return `${head.slice(0, -1)},${eventMembers(settled)}}`.replace(LINE_BREAKS, withoutBreak);
}

function fateMembers(fate: Fate): object {
  if (fate.kind === 'quarantined') return { reason: fate.reason, field: fate.field, detail: fate.detail };
  return fate.kind === 'returned' ? { cause: fate.cause } : {};
}

function usageLine({ mapping, transactionId, verdict, status, before, fault }: SettledUsage): object {
  return { mapping, transactionId, verdict, status, before, ...fault };
}

function eventMembers({ queued, isJson }: Settled): string {
  if (!isJson || queued.text === undefined) return `"event":${JSON.stringify(queued.body)},"eventEncoding":${JSON.stringify(queued.encoding)}`;
  return `"event":${queued.text}`;
}

/** Changes no value: in JSON, CR and LF stand only between tokens, the other two only inside of texts. */
function withoutBreak(lineBreak: string): string {
  if (lineBreak === '\u2028') return '\\u2028';
  return lineBreak === '\u2029' ? '\\u2029' : ' ';
}
