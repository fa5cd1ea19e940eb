import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { METRONOME_MEMORY_DAYS } from '../../lambda/limits.ts';

const MEMORY_MS = METRONOME_MEMORY_DAYS * 24 * 60 * 60 * 1000;

/** An event the sandbox has accepted, and would bill. */
export interface AcceptedEvent {
  /** Where it stands in the order of acceptance, from 1. */
  readonly sequence: number;
  /** Metronome's own id for it. */
  readonly id: string;
  readonly acceptedAtMillis: number;
  /** The event's JSON text exactly as it came. */
  readonly rawEvent: string;
}

export interface Arrival {
  readonly transactionId: string;
  readonly rawEvent: string;
}

export interface EventQuery {
  readonly limit: number;
  /** Only events accepted before this one. */
  readonly beforeSequence?: number;
  readonly transactionId?: string;
}

export interface EventStore {
  /** Keeps the events whose ids are new, in one transaction; the others are counted as duplicates. All or none. */
  accept(arrivals: readonly Arrival[], nowMillis: number): void;
  /** Distinct accepted events. */
  billed(): number;
  /** Events ignored because their id had been accepted in the 34 days before. */
  duplicates(): number;
  /** Newest first; fewer than asked for if they are large. */
  list(query: EventQuery): readonly AcceptedEvent[];
  close(): void;
}

/** Event text in one listing: a page for people must not fill the memory. */
const MAX_LISTED_CHARACTERS = 5_000_000;

// The id is kept as JSON text, because SQLite's UTF-8 can't tell one lone surrogate from another. It isn't unique: after
// 34 days Metronome takes the same id again.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, id_json TEXT NOT NULL,
    accepted_at INTEGER NOT NULL, raw_event TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS events_by_id ON events (id_json, accepted_at);
  CREATE TABLE IF NOT EXISTS counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  INSERT OR IGNORE INTO counts VALUES ('billed', 0), ('duplicates', 0);`;

/**
 * Opens what the sandbox remembers. It survives a killed process: WAL with synchronous NORMAL loses a commit only when
 * the machine itself goes down.
 * @param databasePath a file, made with its folder if it isn't there, or `:memory:`.
 * @throws Error naming the file when it can't be opened as a database.
 */
export function openEventStore(databasePath: string): EventStore {
  const database = openDatabase(databasePath);
  const isRemembered = database.prepare('SELECT 1 FROM events WHERE id_json = ? AND accepted_at > ? LIMIT 1');
  const insert = database.prepare('INSERT INTO events (id, id_json, accepted_at, raw_event) VALUES (?, ?, ?, ?)');
  const add = database.prepare('UPDATE counts SET value = value + ? WHERE name = ?');
  const count = database.prepare('SELECT value FROM counts WHERE name = ?');
  const newest = database.prepare(
    `SELECT sequence, id, accepted_at, raw_event FROM events
     WHERE sequence < ?1 AND (?2 IS NULL OR id_json = ?2) ORDER BY sequence DESC LIMIT ?3`,
  );

  return {
    accept(arrivals, nowMillis) {
      database.exec('BEGIN IMMEDIATE');
      try {
        let duplicates = 0;
        for (const { transactionId, rawEvent } of arrivals) {
          const idJson = JSON.stringify(transactionId);
          if (isRemembered.get(idJson, nowMillis - MEMORY_MS) !== undefined) duplicates += 1;
          else insert.run(randomUUID(), idJson, nowMillis, rawEvent);
        }
        add.run(arrivals.length - duplicates, 'billed');
        if (duplicates > 0) add.run(duplicates, 'duplicates');
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    billed: () => Number(count.get('billed')?.value),
    duplicates: () => Number(count.get('duplicates')?.value),
    list({ limit, beforeSequence = Number.MAX_SAFE_INTEGER, transactionId }) {
      const idJson = transactionId === undefined ? null : JSON.stringify(transactionId);
      const page: AcceptedEvent[] = [];
      let characters = 0;
      for (const row of newest.iterate(beforeSequence, idJson, limit)) {
        const rawEvent = String(row['raw_event']);
        characters += rawEvent.length;
        page.push({ sequence: Number(row['sequence']), id: String(row['id']), acceptedAtMillis: Number(row['accepted_at']), rawEvent });
        if (characters > MAX_LISTED_CHARACTERS) break;
      }
      return page;
    },
    close: () => database.close(),
  };
}

function openDatabase(databasePath: string): DatabaseSync {
  try {
    if (databasePath !== ':memory:') mkdirSync(dirname(databasePath), { recursive: true });
    const database = new DatabaseSync(databasePath);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
    database.exec(SCHEMA);
    return database;
  } catch (cause) {
    throw new Error(`Can't open the Metronome sandbox's memory at ${databasePath}. Move the file away or choose another data folder.`, { cause });
  }
}
