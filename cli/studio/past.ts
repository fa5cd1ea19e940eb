import type { Run } from '../../local/studio/run.ts';
import type { LedgerObject } from '../ledger/plan-ledger.ts';
import { planLedger } from '../ledger/plan-ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import { writtenAt } from '../ledger/hours.ts';
import type { Operator } from '../operator/operator.ts';

const HOUR_MS = 60 * 60_000;
/** How far back it is looked for events, each further only if the last found too few. */
const SPANS_MS = [HOUR_MS, 24 * HOUR_MS, 35 * 24 * HOUR_MS];
const PREFIXES = ['archive', 'quarantine'] as const;
/** As many of the newest are enough for a start. */
const ENOUGH_RUNS = 1_000;
const OBJECTS_AT_ONCE = 4;

/** The newest runs of the ledger, the newest first, some at a time. What is damaged is left out: `doctor` tells of it. */
export async function* pastRuns(operator: Operator, now: number): AsyncGenerator<readonly Run[]> {
  let found = 0;
  for await (const objects of newestObjects(operator, now)) {
    const runs: Run[] = [];
    for await (const entry of readLedger(operator, { plan: { objects, bytes: 0 } })) runs.push(runOf(entry));
    found += runs.length;
    yield runs.toSorted((one, other) => other.at - one.at);
    if (found >= ENOUGH_RUNS) return;
  }
}

/** In groups, the newest first. */
async function* newestObjects(operator: Operator, now: number): AsyncGenerator<readonly LedgerObject[]> {
  let to = Number.POSITIVE_INFINITY;
  for (const span of SPANS_MS) {
    const from = now - span;
    const { objects } = await planLedger(operator, { prefixes: PREFIXES, from, to: Math.min(to, now + HOUR_MS) });
    const newest = objects.toSorted((one, other) => (writtenAt(other.key) ?? 0) - (writtenAt(one.key) ?? 0));
    for (let start = 0; start < newest.length; start += OBJECTS_AT_ONCE) yield newest.slice(start, start + OBJECTS_AT_ONCE);
    to = from;
  }
}

function runOf({ line, eventText }: LedgerEntry): Run {
  const { at, acceptedAt, sqsMessageId, replayOf, messageId, fate, reason, cause, field, detail, usage, mappingVersion, eventEncoding = 'text' } = line;
  const times = { at: Date.parse(at), acceptedAt: Date.parse(acceptedAt) };
  // How often it was received isn't in the ledger.
  return { ...times, sqsMessageId, replayOf, messageId, fate, reason: reason ?? cause, field, detail, usage, receiveCount: 1, mappingVersion, body: eventText, encoding: eventEncoding };
}
