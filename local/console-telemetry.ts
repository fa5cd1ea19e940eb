import type { LogFields, Telemetry } from '../lambda/telemetry.ts';

/** How long lines of one event are held back after the first, in milliseconds. */
const QUIET_MS = 1_000;

export interface ConsoleTelemetryOptions {
  readonly write: (line: string) => void;
  readonly now: () => number;
}

/**
 * The functions' log for a person at a terminal: one line for an event, and of many alike in a second only the first, with
 * the count of the others before the next one. Metrics have no place in a terminal; the counts are in the state.
 */
export function createConsoleTelemetry({ write, now }: ConsoleTelemetryOptions): Telemetry {
  const recent = new Map<string, { since: number; heldBack: number }>();

  function log(level: 'warn' | 'error', event: string, fields: LogFields = {}): void {
    const last = recent.get(event);
    if (last !== undefined && now() - last.since < QUIET_MS) {
      last.heldBack += 1;
      return;
    }
    recent.set(event, { since: now(), heldBack: 0 });
    const more = last === undefined || last.heldBack === 0 ? '' : ` (and ${last.heldBack} more since the last line)`;
    const time = new Date(now()).toISOString().slice(11, 19);
    write(`${time} ${level} ${event}${Object.entries(fields).map(pair).join('')}${more}`);
  }

  return {
    count: () => undefined,
    warn: (event, fields) => log('warn', event, fields),
    error: (event, fields) => log('error', event, fields),
    flush: () => undefined,
  };
}

function pair([name, value]: readonly [string, LogFields[string]]): string {
  return value === undefined ? '' : ` ${name}=${Array.isArray(value) ? value.join(',') : JSON.stringify(value)}`;
}
