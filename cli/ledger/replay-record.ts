import { isObject } from '../../lambda/json-value.ts';

/** That an event was put into the queue again: until the new message has a line in the ledger, the replay is pending. */
export interface ReplayRecord {
  /** ISO, the operator's clock. */
  readonly at: string;
  /** The message the event was accepted as. */
  readonly root: string;
  /** The new message. */
  readonly sqsMessageId: string;
}

/** What the operator asked for, so that a record tells why. */
export interface ReplayReason {
  readonly by: Readonly<Record<string, string | undefined>>;
  /** Of the mappings that the replay was judged with. */
  readonly mappingVersion: string;
}

/** A record of a replay, as far as this reader needs it. */
export type KnownReplay = ReplayRecord & Partial<ReplayReason>;

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
  const texts = (['at', 'root', 'sqsMessageId'] as const).every((name) => typeof value[name] === 'string');
  return texts && (value['by'] === undefined || isObject(value['by']));
}
