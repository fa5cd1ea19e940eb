import type { CompiledMappings } from '../mapping/index.ts';
import { errorName } from '../error-text.ts';
import type { Telemetry } from '../telemetry.ts';
import type { QueuedEvent } from './record.ts';
import type { ReturnCause } from './fate.ts';
import { recordFates } from './record-fates.ts';
import type { RecordFatesDeps } from './record-fates.ts';
import { reportFates } from './report-fates.ts';
import { route } from './route.ts';
import type { ReadyUsage, Route } from './route.ts';
import { sendUsage } from './send.ts';
import type { SendDeps, Taken } from './send.ts';
import { returned, settle, unread } from './settle.ts';
import type { Settled } from './settle.ts';

export interface ForwardDeps extends SendDeps, Omit<RecordFatesDeps, 'mappingVersion'> {
  readonly mappings: CompiledMappings;
  readonly telemetry: Telemetry;
  readonly now: () => number;
}

/** What a container remembers from one invocation to the next. */
export interface ForwardMemory {
  /** The last usage event that Metronome is known to have taken, and when, epoch milliseconds. */
  taken?: Taken<ReadyUsage> & { readonly at: number };
}

/**
 * How long it may be sent again, in milliseconds. An event is at most 33 days less an hour old when it is sent, and
 * Metronome knows a transaction_id for 34 days: half a day keeps well clear of billing it twice.
 */
const REMEMBERED_MS = 12 * 60 * 60_000;

/** An event and where it goes; no route means that routing it failed for no fault we know. */
interface Routed {
  readonly queued: QueuedEvent;
  readonly route: Route | undefined;
}

/**
 * Takes a batch of events from the queue to their fates: map, check, send, settle, write the ledger. Gives back exactly
 * one settled event for each one given; only `returned` ones may go back to the queue.
 * @param deadline epoch milliseconds, when sending must have stopped
 */
export async function forward(batch: readonly QueuedEvent[], deadline: number, deps: ForwardDeps, memory: ForwardMemory): Promise<readonly Settled[]> {
  const routed = batch.map((queued) => ({ queued, route: routeSafely(queued, deps) }));
  const ready = routed.flatMap(readyUsage);
  reportRoundedIds(ready, deps.telemetry);
  const { verdicts, taken } = await sendUsage(ready, deadline, deps, remembered(memory, deps.now()));
  const now = deps.now();
  if (taken !== undefined) memory.taken = { ...taken, at: now };
  const settled = routed.map(({ queued, route: way }) =>
    way === undefined ? returned(unread(queued), 'internal', now) : settle(queued, way, verdicts, now),
  );
  return finish(settled, { ...deps, mappingVersion: deps.mappings.version });
}

function remembered({ taken }: ForwardMemory, now: number): Taken<ReadyUsage> | undefined {
  return taken !== undefined && now - taken.at <= REMEMBERED_MS ? taken : undefined;
}

/** A batch that can't even be mapped: every event goes back for the cause, or into quarantine after 12 days of that. */
export async function returnAll(batch: readonly QueuedEvent[], cause: ReturnCause, deps: RecordFatesDeps): Promise<readonly Settled[]> {
  return finish(
    batch.map((queued) => returned(unread(queued), cause, deps.now())),
    deps,
  );
}

async function finish(settled: readonly Settled[], deps: RecordFatesDeps): Promise<readonly Settled[]> {
  const recorded = await recordFates(settled, deps);
  reportFates(recorded, deps.telemetry, deps.now());
  return recorded;
}

/** A bug that one event trips over must not hold back the others of its batch. */
function routeSafely(queued: QueuedEvent, { mappings, telemetry, now }: ForwardDeps): Route | undefined {
  try {
    return route(queued, mappings.mappings, now());
  } catch (error) {
    telemetry.error('routing_failed', { sqsMessageId: queued.sqsMessageId, error: errorName(error) });
    return undefined;
  }
}

/** Two customers' ids, or two events', may have become one: JavaScript keeps 15 to 17 digits of a number. */
function reportRoundedIds(ready: readonly ReadyUsage[], telemetry: Telemetry): void {
  const mappings = new Set(ready.filter(({ hasRoundedId }) => hasRoundedId).map(({ mapping }) => mapping));
  if (mappings.size === 0) return;
  telemetry.count('RoundedId', ready.filter(({ hasRoundedId }) => hasRoundedId).length);
  telemetry.warn('ids_rounded', { mappings: [...mappings], advice: 'An id was made from an integer over 2^53, which JavaScript rounds; send such ids as text.' });
}

function readyUsage({ route: way }: Routed): readonly ReadyUsage[] {
  return way?.kind === 'usage' ? way.usage.filter((usage) => usage.kind === 'ready') : [];
}
