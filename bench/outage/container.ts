import { returnDelaySeconds } from '../../lambda/forward/backoff.ts';
import type { ReturnCause } from '../../lambda/forward/fate.ts';
import { createPacer } from '../../lambda/forward/pacer.ts';
import type { Pacer } from '../../lambda/forward/pacer.ts';
import { RETRY_EXPIRES_MS, SQS_MAX_BATCH_ENTRIES } from '../../lambda/limits.ts';
import type { Actor, Agenda } from './agenda.ts';
import type { Cohort, CohortQueue } from './cohort-queue.ts';
import type { MetronomeModel } from './metronome-model.ts';
import type { Scenario } from './scenario.ts';
import { createSending } from './sending.ts';

/** As lambda/forward has them: handler.ts stops sending so long before the deadline, visibility.ts hides for so long, so many at once. */
const FINISH_MARGIN_MS = 5_000;
const HIDE_TIMEOUT_MS = 1_500;
const HIDDEN_AT_ONCE = 10 * SQS_MAX_BATCH_ENTRIES;
/** How long a function takes to fail before its handler is reached, in milliseconds. */
const FAILED_START_MS = 1_000;

export interface ContainerDeps {
  readonly scenario: Scenario;
  readonly agenda: Agenda;
  readonly queue: CohortQueue;
  readonly metronome: MetronomeModel;
  readonly requestSizes: (events: number) => readonly number[];
  readonly random: () => number;
  /** Events in hand of all containers: received, and without a fate. */
  readonly load: { inHand: number };
  readonly onDone: (fate: 'delivered' | 'quarantined', cohort: Cohort, now: number) => void;
  /** The container can take a batch again. */
  readonly onFree: (container: Container, now: number) => void;
}

/** One container of forward, with the poller that feeds it. Times are milliseconds since the simulation began. */
export interface Container {
  /** Events in hand: received, and without a fate. */
  readonly held: number;
  readonly isGathering: boolean;
  /** When the first event of the batch was received. */
  readonly gatheringSince: number;
  gather(cohorts: readonly Cohort[], now: number): void;
  invoke(now: number): void;
}

/** A step that a container plans for later. */
type Step = (now: number) => void;

export function createContainer(deps: ContainerDeps): Container {
  const { agenda, queue, random } = deps;
  const { settings, timing, trouble, troubleHours, restartStorm } = deps.scenario;
  const troubleEndsAt = troubleHours * 3_600_000;
  const stormEndsAt = troubleEndsAt + 3_600_000;
  const sending = createSending({ agenda, metronome: deps.metronome, answerMs: timing.answerMs, random });
  const state = { held: 0, isGathering: true, gatheringSince: 0 };
  let pacer = newPacer();
  let batch: Cohort[] = [];
  let deadline = 0;
  let step: Step = free;
  const actor: Actor = { at: 0, act: (now) => step(now) };

  function newPacer(): Pacer {
    return createPacer(settings.metronomeEventsPerSecond / settings.maxConcurrency);
  }

  function later(next: Step, at: number): void {
    step = next;
    agenda.plan(actor, at);
  }

  function invoke(now: number): void {
    state.isGathering = false;
    if (trouble === 'cannot_start' && now < troubleEndsAt) return later(die, now + FAILED_START_MS);
    const isNew = restartStorm && now >= troubleEndsAt && now < stormEndsAt;
    if (isNew) pacer = newPacer();
    const startsAt = now + (isNew ? timing.coldStartMs : 0);
    deadline = startsAt + settings.forwardTimeoutSeconds * 1000 - FINISH_MARGIN_MS;
    later(send, startsAt + state.held * timing.mapMs);
  }

  /** Nobody answers for the batch: each event comes back when the queue's own visibility ends. */
  function die(now: number): void {
    for (const { arrivedMinute, receiveCount, count } of batch) queue.hide(arrivedMinute, receiveCount, count, unattendedUntil());
    finish(now);
  }

  function send(now: number): void {
    const sizes = deps.requestSizes(state.held);
    sending.start({ sizes, pacer, deadline, onDone: (causes, at) => settleAfterWriting(sizes, causes, at) }, now);
  }

  function settleAfterWriting(sizes: readonly number[], causes: readonly (ReturnCause | undefined)[], now: number): void {
    const returned = sizes.reduce((sum, size, index) => (causes[index] === undefined ? sum : sum + size), 0);
    const ledgerMs = returned < state.held ? timing.ledgerMs : 0;
    const hideMs = Math.min(HIDE_TIMEOUT_MS, Math.ceil(returned / HIDDEN_AT_ONCE) * timing.hideMs);
    later((at) => settle(sizes, causes, at), now + ledgerMs + hideMs);
  }

  function settle(sizes: readonly number[], causes: readonly (ReturnCause | undefined)[], now: number): void {
    const hideable = { left: Math.floor(HIDE_TIMEOUT_MS / timing.hideMs) * HIDDEN_AT_ONCE };
    const cohorts = batch.values();
    let cohort = cohorts.next().value;
    let used = 0;
    for (const [index, size] of sizes.entries()) {
      for (let left = size; left > 0 && cohort !== undefined;) {
        const count = Math.min(left, cohort.count - used);
        settlePart({ ...cohort, count }, causes[index], now, hideable);
        left -= count;
        used += count;
        if (used < cohort.count) continue;
        cohort = cohorts.next().value;
        used = 0;
      }
    }
    finish(now);
  }

  function settlePart(part: Cohort, cause: ReturnCause | undefined, now: number, hideable: { left: number }): void {
    if (cause === undefined) return deps.onDone('delivered', part, now);
    if (now - part.arrivedMinute * 60_000 > RETRY_EXPIRES_MS) return deps.onDone('quarantined', part, now);
    const { arrivedMinute, receiveCount, count } = part;
    const second = Math.ceil(now / 1000);
    const hidden = Math.min(count, hideable.left);
    hideable.left -= hidden;
    for (let event = 0; event < hidden; event += 1) {
      queue.hide(arrivedMinute, receiveCount, 1, second + returnDelaySeconds(cause, receiveCount, settings.retryDelaysMinutes, random()));
    }
    if (count > hidden) queue.hide(arrivedMinute, receiveCount, count - hidden, Math.max(second + 1, unattendedUntil()));
  }

  function unattendedUntil(): number {
    return Math.ceil(state.gatheringSince / 1000) + settings.visibilityTimeoutSeconds;
  }

  function finish(now: number): void {
    batch = [];
    deps.load.inHand -= state.held;
    state.held = 0;
    later(free, now + timing.turnaroundMs);
  }

  function free(now: number): void {
    state.isGathering = true;
    deps.onFree(container, now);
  }

  const container: Container = Object.assign(state, {
    gather(cohorts: readonly Cohort[], now: number) {
      if (state.held === 0) state.gatheringSince = now;
      const received = cohorts.reduce((sum, { count }) => sum + count, 0);
      state.held += received;
      deps.load.inHand += received;
      batch.push(...cohorts);
    },
    invoke,
  });
  return container;
}
