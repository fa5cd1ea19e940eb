import { DatabaseSync } from 'node:sqlite';

import { messageOf } from '../lambda/error-text.ts';
import type { Reason } from '../lambda/forward/fate.ts';
import { LocalRunError } from './local-error.ts';
import { createRunningCounts } from './running-counts.ts';
import type { Counts, Standing } from './running-counts.ts';

/** A fate that ends a message's way. */
export interface FinalFate {
  readonly sqsMessageId: string;
  /** The message that the event was accepted as, if this one is sent again. */
  readonly replayOf?: string | undefined;
  readonly fate: 'delivered' | 'filtered' | 'quarantined';
  readonly reason?: Reason;
}

/** A durable count of messages and fates that a killed process can't falsify: it holds ids, so nothing counts twice. */
export interface Tally {
  /** Remembers messages as accepted. */
  accept(sqsMessageIds: readonly string[]): void;
  /**
   * Remembers fates. Of one message the better counts: delivered, then filtered, then quarantined. Of an event that was sent
   * again the latest message counts; but once delivered, it stays so.
   */
  settle(fates: readonly FinalFate[]): void;
  counts(): Counts;
  close(): void;
}

/** So many messages more of a standing, or fewer. */
type Change = readonly [Standing, number];

const UNSETTLED: Standing = { fate: null, reason: null };

/** Lower is better; the same order in which readers of the ledger reduce. */
const RANK: Readonly<Record<FinalFate['fate'], number>> = { delivered: 1, filtered: 2, quarantined: 3 };

const SCHEMA = `
CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, rank INTEGER, fate TEXT, reason TEXT, settledAs TEXT) WITHOUT ROWID;
`;
/** The message whose fate it is: none in a file of earlier versions, and then the message itself. */
const ADD_SETTLED_AS = 'ALTER TABLE messages ADD COLUMN settledAs TEXT';

const SETTLE = `
INSERT INTO messages (id, rank, fate, reason, settledAs) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET rank = excluded.rank, fate = excluded.fate, reason = excluded.reason, settledAs = excluded.settledAs
WHERE rank >= excluded.rank AND coalesce(settledAs, id) = excluded.settledAs
   OR rank > ${RANK.delivered} AND coalesce(settledAs, id) <> excluded.settledAs AND excluded.settledAs <> id
   OR excluded.rank = ${RANK.delivered}
RETURNING fate, reason
`;

/** Nearly all: accepted here, and settled once. */
const SETTLE_FIRST = 'UPDATE messages SET rank = ?, fate = ?, reason = ?, settledAs = ? WHERE id = ? AND rank IS NULL';

/**
 * Opens the tally and holds it alone: the lock ends with the process, however that ends.
 * @throws LocalRunError if another process holds it or the file can't be read
 */
export function openTally(path: string): Tally {
  const database = openAlone(path);
  const insertMessage = database.prepare('INSERT INTO messages (id) VALUES (?) ON CONFLICT DO NOTHING');
  const settleFirst = database.prepare(SETTLE_FIRST);
  const settleMessage = database.prepare(SETTLE);
  const findStanding = database.prepare('SELECT fate, reason FROM messages WHERE id = ?');
  const running = createRunningCounts();
  for (const row of database.prepare('SELECT fate, reason, count(*) AS messages FROM messages GROUP BY fate, reason').iterate()) running.add(standingOf(row), Number(row['messages']));

  function inTransaction(work: () => void): void {
    database.exec('BEGIN');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  /** @returns how the counts change with it */
  function settleOne({ sqsMessageId, replayOf: id = sqsMessageId, fate, ...rest }: FinalFate): readonly Change[] {
    const reason = rest.reason ?? null;
    const first = settleFirst.run(RANK[fate], fate, reason, sqsMessageId, id).changes;
    if (first === 1) return [[UNSETTLED, -1], [{ fate, reason }, 1]];
    const before = findStanding.get(id);
    const after = settleMessage.get(id, RANK[fate], fate, reason, sqsMessageId);
    if (after === undefined) return [];
    return before === undefined ? [[standingOf(after), 1]] : [[standingOf(before), -1], [standingOf(after), 1]];
  }

  return {
    accept(ids) {
      let added = 0;
      inTransaction(() => {
        for (const id of ids) added += Number(insertMessage.run(id).changes);
      });
      running.add(UNSETTLED, added);
    },
    settle(fates) {
      const changes: Change[] = [];
      inTransaction(() => {
        for (const fate of fates) changes.push(...settleOne(fate));
      });
      for (const [standing, messages] of changes) running.add(standing, messages);
    },
    counts: () => running.counts(),
    close: () => database.close(),
  };
}

function openAlone(path: string): DatabaseSync {
  try {
    const database = new DatabaseSync(path);
    // NORMAL survives a killed process; only a power cut could undo the last moment.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
    if (!columnsOf(database).includes('settledAs')) database.exec(ADD_SETTLED_AS);
    return database;
  } catch (error) {
    const message = messageOf(error);
    if (message.includes('locked')) throw new LocalRunError(`Another bridge runs on the data folder (${path} is locked). Stop it, or set BRIDGE_DATA to another folder.`);
    throw new LocalRunError(`The data folder holds a file that can't be read (${path}: ${message}). Move it away, or set BRIDGE_DATA to another folder.`);
  }
}

function columnsOf(database: DatabaseSync): readonly unknown[] {
  return database.prepare('PRAGMA table_info(messages)').all().map(({ name }) => name);
}

function standingOf({ fate, reason }: Readonly<Record<string, unknown>>): Standing {
  return { fate: fate === null ? null : String(fate), reason: reason === null ? null : String(reason) };
}
