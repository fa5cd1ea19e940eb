import type { LogFields, Telemetry } from '../lambda/telemetry.ts';

/** For how long lines like one just printed are only counted, in milliseconds. */
const QUIET_MS = 1_000;
/** What differs between lines that say the same. */
const TELLS_APART_NOTHING = new Set(['messageId', 'sqsMessageId', 'requestId', 'events', 'entries', 'failed', 'stored']);

export interface ConsoleTelemetryOptions {
  readonly write: (line: string) => void;
  readonly now: () => number;
  /** Runs something later, and never keeps the process alive for it. */
  readonly later: (run: () => void, milliseconds: number) => void;
}

/**
 * The functions' log for a person at a terminal: one line for an event, and of many alike within a second the first, then
 * how many more there were. Metrics have no place in a terminal; the counts are in the state.
 */
export function createConsoleTelemetry({ write, now, later }: ConsoleTelemetryOptions): Telemetry {
  const heldBack = new Map<string, number>();

  function log(level: 'warn' | 'error', event: string, fields: LogFields = {}): void {
    const kind = [event, ...Object.entries(fields).filter(([name]) => !TELLS_APART_NOTHING.has(name)).map(pair)].join('');
    const count = heldBack.get(kind);
    if (count !== undefined) {
      heldBack.set(kind, count + 1);
      return;
    }
    heldBack.set(kind, 0);
    later(() => summarise(level, kind), QUIET_MS);
    write(`${time()} ${level} ${event}${Object.entries(fields).map(pair).join('')}`);
  }

  function summarise(level: string, kind: string): void {
    const more = heldBack.get(kind) ?? 0;
    heldBack.delete(kind);
    if (more > 0) write(`${time()} ${level} ${kind} (${more} more like this)`);
  }

  const time = (): string => new Date(now()).toISOString().slice(11, 19);

  return {
    count: () => undefined,
    measure: () => undefined,
    warn: (event, fields) => log('warn', event, fields),
    error: (event, fields) => log('error', event, fields),
    flush: () => undefined,
  };
}

function pair([name, value]: readonly [string, LogFields[string]]): string {
  return value === undefined ? '' : ` ${name}=${Array.isArray(value) ? value.join(',') : JSON.stringify(value)}`;
}
