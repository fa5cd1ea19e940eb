import type { ReturnCause } from '../../lambda/forward/fate.ts';
import { METRONOME_MAX_EVENTS_PER_REQUEST } from '../../lambda/limits.ts';

/** Metronome, as its sender sees it. Milliseconds since the simulation began. */
export interface MetronomeModel {
  /** One request: undefined if it is taken, else what the sender makes of the refusal. */
  ask(events: number, now: number): ReturnCause | undefined;
  readonly requests: number;
  readonly requestsWhileDown: number;
  readonly busiestMinuteWhileDown: number;
  readonly rateLimited: number;
}

/** The longest burst over its rate that Metronome lets pass, in seconds of that rate, and a full request in any case. Not published; a second is usual. */
const BURST_SECONDS = 1;
const MINUTE_MS = 60_000;

/** @param downUntil it answers 503 before */
export function createMetronomeModel(eventsPerSecond: number, downUntil: number): MetronomeModel {
  const model = { requests: 0, requestsWhileDown: 0, busiestMinuteWhileDown: 0, rateLimited: 0 };
  const burst = Math.max(BURST_SECONDS * eventsPerSecond, METRONOME_MAX_EVENTS_PER_REQUEST);
  let level = 0;
  let leveledAt = 0;
  let minute = 0;
  let requestsThisMinute = 0;

  function countWhileDown(now: number): void {
    const current = Math.floor(now / MINUTE_MS);
    if (current !== minute) requestsThisMinute = 0;
    minute = current;
    requestsThisMinute += 1;
    model.requestsWhileDown += 1;
    model.busiestMinuteWhileDown = Math.max(model.busiestMinuteWhileDown, requestsThisMinute);
  }

  return Object.assign(model, {
    ask(events: number, now: number): ReturnCause | undefined {
      model.requests += 1;
      if (now < downUntil) {
        countWhileDown(now);
        return 'metronome_unavailable';
      }
      level = Math.max(0, level - ((now - leveledAt) * eventsPerSecond) / 1000);
      leveledAt = now;
      if (level + events > burst) {
        model.rateLimited += 1;
        return 'rate_limited';
      }
      level += events;
      return undefined;
    },
  });
}
