import { createAgenda } from './agenda.ts';
import type { Actor } from './agenda.ts';
import { createCohortQueue } from './cohort-queue.ts';
import { createEventSource } from './event-source.ts';
import { createMetronomeModel } from './metronome-model.ts';
import { seededRandom } from './random.ts';
import { createRecord } from './record.ts';
import type { Fates } from './record.ts';
import { createRequestSizes } from './request-sizes.ts';
import type { Scenario } from './scenario.ts';

export interface OutageResult {
  readonly accepted: number;
  readonly fates: Readonly<Fates>;
  readonly waiting: number;
  /** Most events that waited at one time. */
  readonly peakBacklog: number;
  /** Most events that the queue counted as received and not deleted, those hidden for their back-off included. */
  readonly peakInFlight: number;
  /** Receives of all events together. */
  readonly receives: number;
  /** How often the event that was received most was received. */
  readonly mostReceives: number;
  /** Longest time from an event's arrival to its delivery. */
  readonly longestWaitSeconds: number;
  /** From the end of the trouble until forward delivered at half its rate for a minute; undefined if it never did. */
  readonly halfSpeedSeconds: number | undefined;
  /** From the end of the trouble until all events accepted before it had their fate; undefined if that wasn't seen. */
  readonly drainSeconds: number | undefined;
  /** Events delivered a second in that time. */
  readonly drainedPerSecond: number;
  /** The same as a share of what the account takes. */
  readonly shareOfAccount: number;
  readonly requests: number;
  readonly requestsWhileDown: number;
  readonly busiestMinuteWhileDown: number;
  readonly rateLimited: number;
}

const TICK_MS = 1_000;
const HOUR_MS = 3_600_000;

/**
 * Plays an outage, and what follows until the backlog is gone. Events are counts by minute of arrival and number of
 * receives; batches, requests and delays are played one by one.
 * @param onHour told after each simulated hour
 * @throws Error if the model loses or doubles an event
 */
export function simulate(scenario: Scenario, onHour: (hours: number, waiting: number) => void = () => undefined): OutageResult {
  const troubleEndsAt = scenario.troubleHours * HOUR_MS;
  const givesUpAt = troubleEndsAt + scenario.patienceHours * HOUR_MS;
  const agenda = createAgenda();
  const random = seededRandom(scenario.seed);
  const record = createRecord(troubleEndsAt, scenario.settings.metronomeEventsPerSecond);
  const { maxReceiveCount } = scenario.settings;
  const queue = createCohortQueue({ maxReceiveCount, order: scenario.order, random, onGone: (fate, cohort) => record.settle(fate, cohort, clock.at) });
  const metronome = createMetronomeModel(scenario.accountEventsPerSecond, scenario.trouble === 'metronome_down' ? troubleEndsAt : 0);
  const requestSizes = createRequestSizes(scenario.eventBytes);
  const source = createEventSource({ scenario, agenda, queue, metronome, requestSizes, random, onDone: record.settle });
  const clock: Actor = { at: 0, act: tick };
  const state: { drainedAt: number | undefined } = { drainedAt: undefined };

  /** Once a second: what SQS counts in seconds, and the check that no event is lost. */
  function tick(now: number): void {
    const second = now / TICK_MS;
    queue.advance(second);
    arrive(second, now);
    source.feed(now);
    record.observe(queue.visible, queue.hidden + source.inHand);
    if (now % HOUR_MS === 0) onHour(now / HOUR_MS, waiting());
    if (now >= troubleEndsAt && record.ofTrouble.settled === record.ofTrouble.accepted) state.drainedAt = now;
    else agenda.plan(clock, now + TICK_MS);
  }

  function arrive(second: number, now: number): void {
    const count = Math.floor((second + 1) * scenario.eventsPerSecond) - Math.floor(second * scenario.eventsPerSecond);
    if (count === 0) return;
    queue.arrive(count, Math.floor(second / 60));
    record.accept(count, now);
  }

  function waiting(): number {
    return queue.visible + queue.hidden + source.inHand;
  }

  agenda.plan(clock, 0);
  for (let actor = agenda.next(); actor !== undefined && actor.at <= givesUpAt && state.drainedAt === undefined; actor = agenda.next()) actor.act(actor.at);

  const sinceTrouble = (at: number | undefined): number | undefined => (at === undefined ? undefined : (at - troubleEndsAt) / 1000);
  const drainSeconds = sinceTrouble(state.drainedAt);
  const drainedPerSecond = (record.fates.delivered - record.deliveredInTrouble) / Math.max(1, drainSeconds ?? scenario.patienceHours * 3_600);
  const { accepted, fates, peakBacklog, peakInFlight, mostReceives, longestWaitMs } = record;
  const { requests, requestsWhileDown, busiestMinuteWhileDown, rateLimited } = metronome;
  return {
    accepted,
    fates,
    waiting: waiting(),
    peakBacklog,
    peakInFlight,
    receives: queue.receives,
    mostReceives,
    longestWaitSeconds: Math.round(longestWaitMs / 1000),
    halfSpeedSeconds: sinceTrouble(record.halfSpeedAt),
    drainSeconds,
    drainedPerSecond,
    shareOfAccount: drainedPerSecond / scenario.accountEventsPerSecond,
    requests,
    requestsWhileDown,
    busiestMinuteWhileDown,
    rateLimited,
  };
}
