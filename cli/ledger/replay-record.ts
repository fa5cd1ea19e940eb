import { isObject } from '../../lambda/json-value.ts';

/** That an event was put into the queue again: until its message has a line in the ledger, the replay is under way. */
export interface ReplayRecord {
  /** ISO, the operator's clock. */
  readonly at: string;
  /** The message the event was accepted as. */
  readonly root: string;
  /** Travels with the message, whatever SQS id it has; older records have none. */
  readonly replayId?: string | undefined;
  /** The new message; undefined while it is being queued, and for good if the run was killed meanwhile. */
  readonly sqsMessageId?: string | undefined;
  /** Keys of earlier replays of this event that a person gave up: they are no longer waited for. */
  readonly instead?: readonly string[] | undefined;
}

/** What the operator asked for, so that a record tells why. */
export interface ReplayReason {
  readonly by: Readonly<Record<string, string | undefined>>;
  /** Of the mappings that the replay was judged with. */
  readonly mappingVersion: string;
}

/** A record of a replay, as far as this reader needs it. */
export type KnownReplay = ReplayRecord & Partial<ReplayReason>;

/** What a replay is known by, and what lines of it are matched with: its own id, or that of its only message. */
export function replayKey({ replayId, sqsMessageId }: Pick<ReplayRecord, 'replayId' | 'sqsMessageId'>): string {
  return replayId ?? sqsMessageId ?? '';
}

/** Undefined if the line is no such record. */
export function readReplayRecord(text: string): KnownReplay | undefined {
  try {
    const record: unknown = JSON.parse(text);
    return isReplayRecord(record) ? record : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isReplayRecord(value: unknown): value is KnownReplay {
  if (!isObject(value)) return false;
  const { at, root, replayId, sqsMessageId, by, instead } = value;
  const ids = [replayId, sqsMessageId].filter((id) => id !== undefined);
  if (typeof at !== 'string' || typeof root !== 'string' || ids.length === 0 || !ids.every((id) => typeof id === 'string')) return false;
  return (by === undefined || isObject(by)) && (instead === undefined || (Array.isArray(instead) && instead.every((key) => typeof key === 'string')));
}
