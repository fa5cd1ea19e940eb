import { DatabaseSync } from 'node:sqlite';

import { messageOf } from '../lambda/error-text.ts';
import type { Reason } from '../lambda/forward/fate.ts';
import { LocalRunError } from './local-error.ts';

/** A fate that ends a message's way. */
export interface FinalFate {
  readonly sqsMessageId: string;
  /** The message that the event was accepted as, if this one is sent again. */
  readonly replayOf?: string | undefined;
  readonly fate: 'delivered' | 'filtered' | 'quarantined';
  readonly reason?: Reason;
}

/** Counts per message, since the data folder began. */
export interface Counts {
  readonly accepted: number;
  readonly fates: Readonly<Record<FinalFate['fate'], number>>;
  readonly quarantine: Readonly<Record<string, number>>;
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
WHERE rank IS NULL
   OR rank >= excluded.rank AND coalesce(settledAs, id) = excluded.settledAs
   OR rank > ${RANK.delivered} AND coalesce(settledAs, id) <> excluded.settledAs AND excluded.settledAs <> id
   OR excluded.rank = ${RANK.delivered}
`;

/**
 * Opens the tally and holds it alone: the lock ends with the process, however that ends.
 * @throws LocalRunError if another process holds it or the file can't be read
 */
export function openTally(path: string): Tally {
  const database = openAlone(path);
  const insertMessage = database.prepare('INSERT INTO messages (id) VALUES (?) ON CONFLICT DO NOTHING');
  const settleMessage = database.prepare(SETTLE);
  const countFates = database.prepare('SELECT fate, reason, count(*) AS messages FROM messages GROUP BY fate, reason');

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

  return {
    accept: (ids) => inTransaction(() => ids.forEach((id) => insertMessage.run(id))),
    settle: (fates) =>
      inTransaction(() =>
        fates.forEach(({ sqsMessageId, replayOf = sqsMessageId, fate, reason }) => settleMessage.run(replayOf, RANK[fate], fate, reason ?? null, sqsMessageId)),
      ),
    counts: () => countsOf(countFates.all()),
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

function countsOf(rows: readonly Readonly<Record<string, unknown>>[]): Counts {
  const fates = { delivered: 0, filtered: 0, quarantined: 0 };
  const quarantine: Record<string, number> = {};
  let accepted = 0;
  for (const { fate, reason, messages } of rows) {
    const count = Number(messages);
    accepted += count;
    if (fate === 'delivered' || fate === 'filtered' || fate === 'quarantined') fates[fate] += count;
    if (fate === 'quarantined') quarantine[String(reason)] = count;
  }
  return { accepted, fates, quarantine };
}
