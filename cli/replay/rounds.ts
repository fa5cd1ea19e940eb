import { setTimeout as sleep } from 'node:timers/promises';

import { createPacer } from '../../lambda/forward/pacer.ts';
import { messageBytes } from '../../lambda/message.ts';
import type { Io } from '../io.ts';
import type { ReplayRecord } from '../ledger/replay-record.ts';
import { asOperatorError } from '../operator/aws-problem.ts';
import type { Operator } from '../operator/operator.ts';
import type { Claims } from './claims.ts';
import { sendRound } from './send-round.ts';
import type { Outgoing, Round } from './send-round.ts';

/** Events queued at once, at most. */
const ROUND_EVENTS = 100;
/** The most a round holds in memory, in bytes. */
const ROUND_BYTES = 16 * 1024 * 1024;

/** What became of the events that a replay was to send. */
export interface Replayed {
  /** In the queue again, and on record. */
  readonly queued: number;
  /** That SQS didn't take; they stay open. */
  readonly unsent: number;
  /** That SQS gave no answer to: perhaps in the queue, so left alone. */
  readonly unclear: number;
  /** That another run sends, or sent. */
  readonly taken: number;
}

export interface Rounds {
  add(outgoing: Outgoing): Promise<void>;
  finish(): Promise<void>;
  replayed(): Replayed;
}

interface RoundsOptions {
  readonly operator: Operator;
  readonly io: Pick<Io, 'now' | 'interruption'>;
  readonly claims: Claims;
  /** Events a second, at most. */
  readonly rate: number;
}

/** Sends events a round at a time: claimed, queued, recorded. An interruption ends it between two rounds. */
export function createRounds({ operator, io, claims, rate }: RoundsOptions): Rounds {
  const pacer = createPacer(rate);
  const roundEvents = Math.max(1, Math.min(ROUND_EVENTS, Math.floor(rate)));
  const counts = { queued: 0, unsent: 0, unclear: 0, taken: 0 };
  let round: Outgoing[] = [];
  let roundBytes = 0;

  async function flush(): Promise<void> {
    const outgoing = round;
    [round, roundBytes] = [[], 0];
    if (outgoing.length === 0 || !(await pause(pacer.book(outgoing.length, io.now(), Number.POSITIVE_INFINITY) ?? 0, io.interruption))) return;
    const at = new Date(io.now()).toISOString();
    const claim = await claims.claim(outgoing.map((one) => recordOf(one, at)));
    const own = outgoing.filter(({ root }) => !claim.taken.has(root));
    const result = await sendRound(operator, own);
    await claim.settle(settledRecords(own, result, at));
    counts.queued += result.sent.length;
    counts.unsent += result.unsent.length;
    counts.unclear += result.unclear.length;
    counts.taken += outgoing.length - own.length;
    if (result.error !== undefined) throw asOperatorError(result.error, `The queue of ${operator.name}`, 'written to');
  }

  return {
    async add(outgoing) {
      round.push(outgoing);
      roundBytes += messageBytes(outgoing.message);
      if (round.length >= roundEvents || roundBytes >= ROUND_BYTES) await flush();
    },
    finish: flush,
    replayed: () => ({ ...counts }),
  };
}

function recordOf({ root, message, instead }: Outgoing, at: string): ReplayRecord {
  return { at, root, replayId: message.replay?.id, instead };
}

/** What was not queued is left out, and so open again; what may have been keeps its claim. */
function settledRecords(outgoing: readonly Outgoing[], { sent, unclear }: Round, at: string): readonly ReplayRecord[] {
  const byRoot = new Map(outgoing.map((one) => [one.root, recordOf(one, at)]));
  const records = sent.flatMap(({ root, sqsMessageId }) => {
    const record = byRoot.get(root);
    return record === undefined ? [] : [{ at, root, replayId: record.replayId, sqsMessageId, instead: record.instead }];
  });
  return [...records, ...unclear.map((one) => recordOf(one, at))];
}

/** False if it was interrupted. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (ms > 0 && signal?.aborted !== true) {
    await sleep(ms, undefined, { signal }).catch((error: unknown) => {
      if (signal?.aborted !== true) throw error;
    });
  }
  return signal?.aborted !== true;
}
