import { summaryOf } from './statistics.ts';
import type { Summary } from './statistics.ts';

/** One of two that do the same work. */
export interface Contender {
  /** Does the work so many times. */
  run(times: number): void | Promise<void>;
  /** What it is then divided by, such as the events of one invocation; 1 if it isn't given. */
  readonly unitsEachTime?: number;
  /** How often in one slice; if it isn't given, as often as fills the time of a slice. */
  readonly timesPerSlice?: number;
}

export interface Effort {
  readonly rounds: number;
  readonly sliceMs: number;
  /** Both run for so long before anything counts: until then the compiler is at work. */
  readonly warmUpMs: number;
}

/** Microseconds for one unit. */
export interface Times {
  readonly cpuMicros: Summary;
  readonly wallMicros: Summary;
}

/** What two contenders took, and how much less ours took: 2 is twice as fast. Each ratio is of two slices next to each other. */
export interface Contest {
  readonly ours: Times;
  readonly peer: Times;
  readonly cpuRatio: Summary;
  readonly wallRatio: Summary;
}

/** Microseconds for one unit, of one measurement. */
export interface Slice {
  readonly cpuMicros: number;
  readonly wallMicros: number;
}

/**
 * Measures two contenders in turns, in many short slices, so that whatever else the machine does falls on both. CPU time is
 * that of the whole process, its garbage collection included.
 */
export async function alternate(ours: Contender, peer: Contender, effort: Effort): Promise<Contest> {
  const oursTimes = await warmUp(ours, effort);
  const peerTimes = await warmUp(peer, effort);
  const pairs: { readonly ours: Slice; readonly peer: Slice }[] = [];
  for (let round = 0; round < effort.rounds; round += 1) {
    // Who runs second finds the other's garbage: that is shared, too.
    if (round % 2 === 0) pairs.push({ ours: await slice(ours, oursTimes), peer: await slice(peer, peerTimes) });
    else {
      const second = await slice(peer, peerTimes);
      pairs.push({ ours: await slice(ours, oursTimes), peer: second });
    }
  }
  return contestOf(pairs);
}

/** From pairs of slices that were measured next to each other. */
export function contestOf(pairs: readonly { readonly ours: Slice; readonly peer: Slice }[]): Contest {
  return {
    ours: timesOf(pairs.map((pair) => pair.ours)),
    peer: timesOf(pairs.map((pair) => pair.peer)),
    cpuRatio: summaryOf(pairs.map((pair) => pair.peer.cpuMicros / pair.ours.cpuMicros)),
    wallRatio: summaryOf(pairs.map((pair) => pair.peer.wallMicros / pair.ours.wallMicros)),
  };
}

function timesOf(slices: readonly Slice[]): Times {
  return { cpuMicros: summaryOf(slices.map(({ cpuMicros }) => cpuMicros)), wallMicros: summaryOf(slices.map(({ wallMicros }) => wallMicros)) };
}

/** @returns how often the work fits into a slice */
async function warmUp(contender: Contender, { sliceMs, warmUpMs }: Effort): Promise<number> {
  const { timesPerSlice, unitsEachTime = 1 } = contender;
  const start = performance.now();
  let times = timesPerSlice ?? 1;
  do {
    const { wallMicros } = await slice(contender, times);
    if (timesPerSlice === undefined) times = Math.max(1, Math.min(times * 10, Math.round((sliceMs * 1_000) / (wallMicros * unitsEachTime))));
  } while (performance.now() - start < warmUpMs);
  return times;
}

async function slice({ run, unitsEachTime = 1 }: Contender, times: number): Promise<Slice> {
  const units = times * unitsEachTime;
  const cpu = process.cpuUsage();
  const start = performance.now();
  await run(times);
  const wallMicros = (performance.now() - start) * 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMicros: (user + system) / units, wallMicros: wallMicros / units };
}
