import { isObject } from '../../lambda/json-value.ts';
import type { ReplayRecord, ReplayReason } from '../replay/replay-record.ts';

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
