import { isUtf8 } from 'node:buffer';

import type { ReturnCause } from '../../lambda/forward/fate.ts';
import type { Settled, SettledUsage } from '../../lambda/forward/settle.ts';
import { bytesOf } from '../../lambda/message.ts';
import type { LiveFate } from './api.ts';

/** A usage event's part in a run. */
export interface RunUsage {
  readonly mapping: string;
  readonly transactionId?: string | undefined;
  readonly verdict: 'delivered' | 'quarantined' | 'returned';
  /** Metronome's. */
  readonly status?: number | undefined;
  readonly reason?: string | undefined;
  readonly field?: string | undefined;
  readonly detail?: string | undefined;
}

/** One run of one event through forward. */
export interface Run {
  /** Epoch milliseconds, as acceptedAt. */
  readonly at: number;
  readonly acceptedAt: number;
  readonly sqsMessageId: string;
  /** The message it was accepted as, if it is sent again. */
  readonly replayOf?: string | undefined;
  /** Segment's. */
  readonly messageId?: string | undefined;
  readonly fate: LiveFate;
  /** Of a quarantined event, or the cause of a return. */
  readonly reason?: string | undefined;
  readonly field?: string | undefined;
  readonly detail?: string | undefined;
  /** Of a return by this very process: only then it is known when the event comes back. */
  readonly cause?: ReturnCause | undefined;
  readonly usage: readonly RunUsage[];
  readonly receiveCount: number;
  readonly mappingVersion: string;
  /** As it travelled. */
  readonly body: string;
  readonly encoding: 'text' | 'base64';
}

/** @param at epoch milliseconds */
export function runOf({ queued, messageId, fate, usage }: Settled, mappingVersion: string, at: number): Run {
  const { acceptedAt, sqsMessageId, replay, receiveCount, body, encoding } = queued;
  const { reason, field, detail } = faultOf(fate);
  const cause = fate.kind === 'returned' ? fate.cause : undefined;
  return { at, acceptedAt, sqsMessageId, replayOf: replay?.of, messageId, fate: fate.kind, reason, field, detail, cause, usage: usage.map(usageOf), receiveCount, mappingVersion, body, encoding };
}

function faultOf(fate: Settled['fate']): Pick<Run, 'reason' | 'field' | 'detail'> {
  if (fate.kind === 'quarantined') return fate;
  return fate.kind === 'returned' ? { reason: fate.cause } : {};
}

function usageOf({ mapping, transactionId, verdict, status, fault }: SettledUsage): RunUsage {
  return { mapping, transactionId, verdict, status, ...fault };
}

/** The message under which the event was accepted: all its runs have the same. */
export function rootOf({ replayOf, sqsMessageId }: Pick<Run, 'replayOf' | 'sqsMessageId'>): string {
  return replayOf ?? sqsMessageId;
}

/** The event's text; undefined if it isn't UTF-8. */
export function textOf({ body, encoding }: Pick<Run, 'body' | 'encoding'>): string | undefined {
  if (encoding === 'text') return body;
  const bytes = bytesOf({ body, encoding });
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}
