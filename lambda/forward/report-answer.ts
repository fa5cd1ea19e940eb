import type { Telemetry } from '../telemetry.ts';
import type { PostResult } from './metronome.ts';

/** Statuses that tell an operator something of their own; the others go by their class. */
const NAMED_STATUSES: ReadonlySet<number> = new Set([400, 401, 403, 429]);

/** Counts a request by what came back, and measures how full it was. What was never sent counts as no request. */
export function reportAnswer(events: number, result: PostResult, telemetry: Telemetry): void {
  if (result.kind === 'unusable_token') return;
  telemetry.measure('EventsPerRequest', [events]);
  telemetry.count('MetronomeAnswers', 1, { answer: result.kind === 'no_answer' ? 'none' : answerClass(result.status) });
}

/** A closed set: each of them is a metric of its own. */
function answerClass(status: number): string {
  return NAMED_STATUSES.has(status) ? String(status) : `${Math.floor(status / 100)}xx`;
}
