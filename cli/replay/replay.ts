import { setTimeout as sleep } from 'node:timers/promises';

import { createPacer } from '../../lambda/forward/pacer.ts';
import type { CompiledMappings } from '../../lambda/mapping/index.ts';
import { messageBytes } from '../../lambda/message.ts';
import { createIdNumbers } from '../ledger/id-numbers.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import { asOperatorError } from '../operator/aws-problem.ts';
import { millisecondsOf } from './fate-lines.ts';
import type { FateLine } from './fate-lines.ts';
import { judge } from './judge.ts';
import type { Judgement, Outcome } from './judge.ts';
import type { OpenRoot, OpenRoots } from './open-roots.ts';
import type { Reading } from './reading.ts';
import { writeReplayRecords } from './replay-records.ts';
import type { ReplayReason } from '../ledger/replay-record.ts';
import { sendRound } from './send-round.ts';
import type { Outgoing } from './send-round.ts';

/** Events queued before they are recorded as replayed: an interrupted run queues no more than these once more. */
const ROUND_EVENTS = 100;
/** The most a round holds in memory, in bytes. */
const ROUND_BYTES = 16 * 1024 * 1024;

/** What a replay is to do. */
export interface ReplayWork {
  /** Where the events lie. */
  readonly prefix: 'quarantine' | 'archive';
  readonly open: OpenRoots;
  readonly mappings: CompiledMappings;
  /** Which outcomes are worth sending; the others stay where they are. */
  readonly sends: (outcome: Outcome) => boolean;
  /** False for a dry run. */
  readonly yes: boolean;
  /** Events a second, at most. */
  readonly rate: number;
  readonly by: ReplayReason['by'];
  /** Told of each event, in no order, before it is sent. */
  readonly onJudged: (entry: LedgerEntry, judgement: Judgement) => Promise<void>;
}

export interface Replayed {
  /** In the queue again, and on record. */
  readonly queued: number;
  /** That SQS didn't take; they stay open. */
  readonly unsent: number;
}

/**
 * Judges each event, and with `yes` sends those worth it, a round at a time: queued, then recorded. It can be interrupted at
 * any moment and run again.
 * @throws OperatorError if the queue or the bucket can't be used
 */
export async function replay(work: ReplayWork, reading: Reading): Promise<Replayed> {
  const rounds = createRounds(work, reading);
  for await (const { entry, open } of latestLines(work, reading)) {
    const judgement = judge(entry, open, work.mappings.mappings, reading.io.now());
    await work.onJudged(entry, judgement);
    if (work.yes && work.sends(judgement.outcome)) await rounds.add({ root: open.root, message: judgement.message });
  }
  await rounds.finish();
  return rounds.replayed();
}

/** Each event once, with the line that counts. */
async function* latestLines({ prefix, open }: ReplayWork, reading: Reading): AsyncGenerator<{ entry: LedgerEntry; open: OpenRoot }> {
  if (open.size === 0) return;
  const roots = createIdNumbers();
  const span = { from: Number.POSITIVE_INFINITY, to: 0 };
  for (const { root, line } of open) {
    roots.add(root);
    span.from = Math.min(span.from, millisecondsOf(line.at));
    span.to = Math.max(span.to, millisecondsOf(line.at) + 1);
  }
  const given = createIdNumbers();
  for await (const entry of reading.lines({ prefixes: [prefix], ...span }, roots)) {
    const one = open.find(rootOf(entry.line));
    if (one === undefined || !isSameLine(one.line, entry.line) || given.find(one.root) !== undefined) continue;
    given.add(one.root);
    yield { entry, open: one };
  }
}

function isSameLine(one: FateLine, other: FateLine): boolean {
  return one.sqsMessageId === other.sqsMessageId && millisecondsOf(one.at) === millisecondsOf(other.at);
}

interface Rounds {
  add(outgoing: Outgoing): Promise<void>;
  finish(): Promise<void>;
  replayed(): Replayed;
}

function createRounds({ rate, by, mappings }: ReplayWork, { operator, io }: Reading): Rounds {
  const pacer = createPacer(rate);
  let round: Outgoing[] = [];
  let roundBytes = 0;
  let queued = 0;
  let unsent = 0;

  async function flush(): Promise<void> {
    if (round.length === 0) return;
    await sleep(pacer.book(round.length, io.now(), Number.POSITIVE_INFINITY) ?? 0);
    const result = await sendRound(operator, round);
    round = [];
    roundBytes = 0;
    const at = new Date(io.now()).toISOString();
    const records = result.sent.map(({ root, sqsMessageId }) => ({ at, root, sqsMessageId }));
    if (records.length > 0) await writeReplayRecords(operator, records, { by, mappingVersion: mappings.version }, io.now());
    queued += records.length;
    unsent += result.unsent.length;
    if (result.error !== undefined) throw asOperatorError(result.error, `The queue of ${operator.name}`, 'written to');
  }

  return {
    async add(outgoing) {
      round.push(outgoing);
      roundBytes += messageBytes(outgoing.message);
      if (round.length >= ROUND_EVENTS || roundBytes >= ROUND_BYTES) await flush();
    },
    finish: flush,
    replayed: () => ({ queued, unsent }),
  };
}
