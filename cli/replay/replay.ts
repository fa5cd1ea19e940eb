import { randomUUID } from 'node:crypto';

import type { CompiledMappings } from '../../lambda/mapping/index.ts';
import type { Io } from '../io.ts';
import { createIdNumbers } from '../ledger/id-numbers.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import { millisecondsOf } from '../ledger/standings.ts';
import { createProgress } from '../progress.ts';
import type { Progress } from '../progress.ts';
import { count, wrap } from '../text.ts';
import type { Claims } from './claims.ts';
import type { FateLine } from './fate-lines.ts';
import { judge } from './judge.ts';
import type { Judgement, Outcome } from './judge.ts';
import type { OpenRoot, OpenRoots } from './open-roots.ts';
import { ended } from './reading.ts';
import type { Reading } from './reading.ts';
import { createRounds } from './rounds.ts';
import type { Replayed, Rounds } from './rounds.ts';

/** What a replay is to do. */
export interface ReplayWork {
  /** Where the events lie. */
  readonly prefix: 'quarantine' | 'archive';
  readonly open: OpenRoots;
  readonly mappings: CompiledMappings;
  /** The operator has said that no mapping is a delivered one under another name. */
  readonly nothingRenamed: boolean;
  /** Which outcomes are worth sending; the others stay where they are. */
  readonly sends: (outcome: Outcome) => boolean;
  /** Undefined for a dry run. */
  readonly claims: Claims | undefined;
  /** Events a second, at most. */
  readonly rate: number;
  /** Told of each event, in no order, before it is sent. */
  readonly onJudged: (entry: LedgerEntry, judgement: Judgement) => Promise<void>;
}

const NOTHING_SENT: Replayed = { queued: 0, unsent: 0, unclear: 0, taken: 0 };

/**
 * Judges each event, and with claims sends those worth it. Ctrl-C ends it after the round under way; it can be killed at any
 * moment and run again.
 * @throws OperatorError if the queue or the bucket can't be used
 */
export async function replay(work: ReplayWork, reading: Reading): Promise<Replayed> {
  const { claims, rate } = work;
  if (claims === undefined) {
    for await (const { entry, open } of latestLines(work, reading)) await work.onJudged(entry, judged(work, entry, open, reading));
    return NOTHING_SENT;
  }
  const rounds = createRounds({ operator: reading.operator, io: reading.io, claims, rate });
  const stopListening = tellOfInterruption(reading.io);
  const progress = createProgress(reading.io, work.open.size);
  try {
    await sendAll(work, reading, rounds, progress);
    return rounds.replayed();
  } catch (error) {
    await ended(progress);
    await reading.io.stderr.write(`${wrap(soFarText(rounds.replayed(), work.open.size), '')}\n`);
    throw error;
  } finally {
    stopListening();
    await ended(progress);
  }
}

async function sendAll(work: ReplayWork, reading: Reading, rounds: Rounds, progress: Progress): Promise<void> {
  let shown = 0;
  const advance = async (): Promise<void> => {
    const { queued } = rounds.replayed();
    await progress.advance(1, queued - shown);
    shown = queued;
  };
  for await (const { entry, open } of latestLines(work, reading, progress)) {
    if (reading.io.interruption?.aborted === true) return;
    const judgement = judged(work, entry, open, reading);
    await work.onJudged(entry, judgement);
    const instead = open.waiting.length === 0 ? undefined : open.waiting.map(({ key }) => key);
    if (work.sends(judgement.outcome)) await rounds.add({ root: open.root, message: judgement.message, instead });
    await advance();
  }
  await rounds.finish();
}

function judged({ mappings, nothingRenamed }: ReplayWork, entry: LedgerEntry, { root, delivered, failed }: OpenRoot, { io }: Reading): Judgement {
  const candidate = { root, delivered, failed, replayId: randomUUID(), ...(nothingRenamed ? { nothingRenamed } : {}) };
  return judge(entry, candidate, mappings.mappings, io.now());
}

function tellOfInterruption({ interruption, stderr }: Io): () => void {
  const tell = (): void => void stderr.write('Stopping after this round; Ctrl-C again stops at once.\n');
  interruption?.addEventListener('abort', tell);
  return () => interruption?.removeEventListener('abort', tell);
}

function soFarText({ queued, unclear }: Replayed, open: number): string {
  const unsure = unclear === 0 ? '' : ` ${count(unclear, 'event')} more may be in the queue, as SQS did not answer: they are left alone until they come back.`;
  return `So far ${count(queued, 'event')} of ${open} were put into the queue, and recorded.${unsure}`;
}

/** Each event once, with the line that counts. */
async function* latestLines({ prefix, open }: ReplayWork, reading: Reading, progress?: Progress): AsyncGenerator<{ entry: LedgerEntry; open: OpenRoot }> {
  if (open.size === 0) return;
  const roots = createIdNumbers();
  const span = { from: Number.POSITIVE_INFINITY, to: 0 };
  for (const { root, line } of open) {
    roots.add(root);
    span.from = Math.min(span.from, millisecondsOf(line.at));
    span.to = Math.max(span.to, millisecondsOf(line.at) + 1);
  }
  const given = createIdNumbers();
  for await (const entry of reading.lines({ prefixes: [prefix], ...span }, { ids: roots, progress })) {
    const one = open.find(rootOf(entry.line));
    if (one === undefined || !isSameLine(one.line, entry.line) || given.find(one.root) !== undefined) continue;
    given.add(one.root);
    yield { entry, open: one };
  }
}

function isSameLine(one: FateLine, other: FateLine): boolean {
  return one.sqsMessageId === other.sqsMessageId && millisecondsOf(one.at) === millisecondsOf(other.at);
}
