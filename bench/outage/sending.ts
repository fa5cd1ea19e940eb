import type { ReturnCause } from '../../lambda/forward/fate.ts';
import type { Pacer } from '../../lambda/forward/pacer.ts';
import type { Actor, Agenda } from './agenda.ts';
import type { MetronomeModel } from './metronome-model.ts';

/** As lambda/forward/send.ts has them; the test holds this model against the code itself. */
const CONCURRENT_REQUESTS = 8;
const REQUEST_TIMEOUT_MS = 10_000;
const MAX_TRIES = 3;
const RETRY_PAUSE_MS = 500;

export interface SendingDeps {
  readonly agenda: Agenda;
  readonly metronome: MetronomeModel;
  readonly answerMs: number;
  readonly random: () => number;
}

/** What one invocation sends. */
export interface Job {
  /** Events in each request. */
  readonly sizes: readonly number[];
  readonly pacer: Pacer;
  /** Milliseconds since the simulation began, as everywhere here. */
  readonly deadline: number;
  /** @param causes for each request why it is returned; undefined if it was taken */
  readonly onDone: (causes: readonly (ReturnCause | undefined)[], now: number) => void;
}

/** The steps of `sendUsage` for requests that hold no guilty event, in simulated time. */
export interface Sending {
  start(job: Job, now: number): void;
}

interface Progress {
  readonly job: Job;
  readonly causes: (ReturnCause | undefined)[];
  next: number;
  busyLanes: number;
  stopped: ReturnCause | undefined;
}

export function createSending(deps: SendingDeps): Sending {
  const lanes = Array.from({ length: CONCURRENT_REQUESTS }, () => createLane(deps));
  return {
    start(job, now) {
      const busy = lanes.slice(0, job.sizes.length);
      const progress: Progress = { job, causes: [], next: 0, busyLanes: busy.length, stopped: undefined };
      for (const lane of busy) lane.takeNext(progress, now);
    },
  };
}

interface Lane extends Actor {
  takeNext(of: Progress, now: number): void;
}

/** One request after the other, each with its tries. */
function createLane({ agenda, metronome, answerMs, random }: SendingDeps): Lane {
  let progress: Progress = { job: { sizes: [], pacer: { book: () => undefined }, deadline: 0, onDone: () => undefined }, causes: [], next: 0, busyLanes: 0, stopped: undefined };
  let request = 0;
  let attempt = 1;
  let answer: ReturnCause | undefined;
  let act: (now: number) => void = book;

  const lane: Lane = {
    at: 0,
    act: (now) => act(now),
    takeNext(of, now) {
      progress = of;
      takeNext(now);
    },
  };

  function takeNext(now: number): void {
    while (progress.next < progress.job.sizes.length) {
      request = progress.next;
      progress.next += 1;
      attempt = 1;
      if (progress.stopped === undefined) return book(now);
      progress.causes[request] = progress.stopped;
    }
    progress.busyLanes -= 1;
    if (progress.busyLanes === 0) progress.job.onDone(progress.causes, now);
  }

  function settle(cause: ReturnCause | undefined, now: number): void {
    progress.causes[request] = cause;
    if (cause !== undefined && cause !== 'deadline') progress.stopped ??= cause;
    takeNext(now);
  }

  function book(now: number): void {
    const waitMs = progress.job.pacer.book(progress.job.sizes[request] ?? 0, now, progress.job.deadline);
    if (waitMs === undefined) return settle('deadline', now);
    if (waitMs === 0) return send(now);
    act = send;
    agenda.plan(lane, now + waitMs);
  }

  function send(now: number): void {
    if (progress.stopped !== undefined) return settle(progress.stopped, now);
    const timeLeftMs = progress.job.deadline - now;
    if (timeLeftMs <= 0) return settle('deadline', now);
    const timeoutMs = Math.min(REQUEST_TIMEOUT_MS, timeLeftMs);
    answer = metronome.ask(progress.job.sizes[request] ?? 0, now);
    if (answerMs > timeoutMs) answer = 'metronome_unavailable';
    act = read;
    agenda.plan(lane, now + Math.min(answerMs, timeoutMs));
  }

  function read(now: number): void {
    if (answer === undefined) return settle(undefined, now);
    const pauseMs = random() * RETRY_PAUSE_MS * 2 ** (attempt - 1);
    if (attempt >= MAX_TRIES || now + pauseMs >= progress.job.deadline) return settle(answer, now);
    attempt += 1;
    act = book;
    agenda.plan(lane, now + pauseMs);
  }

  return lane;
}
