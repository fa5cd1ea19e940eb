import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { LedgerPlan } from '../ledger/plan-ledger.ts';
import { readLedger, writtenId } from '../ledger/read-ledger.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import { readLines } from '../ledger/read-lines.ts';
import type { ReadLinesOptions } from '../ledger/read-lines.ts';
import type { Operator } from '../operator/operator.ts';
import type { Found, ReplayEntry } from './journey.ts';
import { readReplayRecord } from '../ledger/replay-record.ts';

/** As long as forward keeps of Segment's messageId, in characters. */
const MAX_MESSAGE_ID_CHARS = 256;

type Bucket = Pick<Operator, 's3' | 'bucket'>;

/** Where to search, and how to read it. */
export interface Search {
  readonly bucket: Bucket;
  readonly plan: LedgerPlan;
  /** Reads what is planned, and shows how far it has come. */
  readonly read: <T>(plan: LedgerPlan, work: (options: ReadLinesOptions) => Promise<T>) => Promise<T>;
}

/**
 * All that the range knows of an event, by any of its ids: Segment's messageId, a transaction_id, or an SQS message id. All
 * lines of an event carry its messageId; given another id, a first reading only tells that one.
 */
export async function findEvent(id: string, search: Search): Promise<Found> {
  const [lines, replayed] = partsOf(search.plan);
  const ids = new Set([id, ...storedMessageId(id)]);
  for (const { record } of await replaysOf(ids, replayed, search)) ids.add(record.root);
  for (;;) {
    const entries = await linesOf(lines, search, (line) => isNamed(line, ids) || hasTransaction(line, id), [...ids]);
    const further = entries.map(({ line }) => line.messageId ?? rootOf(line)).filter((other) => !ids.has(other));
    if (further.length === 0) return { entries, replays: await replaysOf(new Set([...ids, ...entries.map(({ line }) => rootOf(line))]), replayed, search) };
    for (const other of further) ids.add(other);
  }
}

/** The ledger cuts very long ones. */
export function storedMessageId(id: string): readonly string[] {
  return id.length > MAX_MESSAGE_ID_CHARS ? [id.slice(0, MAX_MESSAGE_ID_CHARS)] : [];
}

function isNamed({ messageId, sqsMessageId, replayOf }: LedgerLine, ids: ReadonlySet<string>): boolean {
  return [messageId, sqsMessageId, replayOf].some((id) => id !== undefined && ids.has(id));
}

function hasTransaction({ usage }: LedgerLine, id: string): boolean {
  return usage.some(({ transactionId }) => transactionId === id);
}

function partsOf({ objects }: LedgerPlan): readonly [LedgerPlan, LedgerPlan] {
  const isReplays = ({ prefix }: LedgerPlan['objects'][number]): boolean => prefix === 'replays';
  return [planOf(objects.filter((object) => !isReplays(object))), planOf(objects.filter(isReplays))];
}

function planOf(objects: LedgerPlan['objects']): LedgerPlan {
  return { objects, bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function linesOf(plan: LedgerPlan, { bucket, read }: Search, isWanted: (line: LedgerLine) => boolean, ids: readonly string[]): Promise<LedgerEntry[]> {
  return read(plan, async (options) => {
    const entries: LedgerEntry[] = [];
    for await (const entry of readLedger(bucket, { ...options, plan, ids })) if (isWanted(entry.line)) entries.push(entry);
    return entries;
  });
}

async function replaysOf(ids: ReadonlySet<string>, plan: LedgerPlan, { bucket, read }: Search): Promise<ReplayEntry[]> {
  return read(plan, async (options) => {
    const replays: ReplayEntry[] = [];
    for await (const { object, texts } of readLines(bucket, plan.objects, { ...options, texts: [...ids].map(writtenId) })) {
      for (const text of texts) {
        const record = readReplayRecord(text);
        if (record !== undefined && [record.root, record.sqsMessageId, record.replayId].some((id) => id !== undefined && ids.has(id))) replays.push({ key: object.key, text, record });
      }
    }
    return replays;
  });
}
