import { summaryOf } from './statistics.ts';
import type { Summary } from './statistics.ts';

/** One of two that do the same work. */
export interface Contender {
  /** Does the work for so many units, such as events. */
  run(units: number): void | Promise<void>;
  /** How many in one slice; without it, as many as fill the time of a slice. */
  readonly unitsPerSlice?: number;
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

interface Slice {
  readonly cpuMicros: number;
  readonly wallMicros: number;
}

/**
 * Measures two contenders in turns, in many short slices, so that whatever else the machine does falls on both. CPU time is
 * that of the whole process, its garbage collection included.
 */
export async function alternate(ours: Contender, peer: Contender, effort: Effort): Promise<Contest> {
  const oursUnits = await warmUp(ours, effort);
  const peerUnits = await warmUp(peer, effort);
  const pairs: { readonly ours: Slice; readonly peer: Slice }[] = [];
  for (let round = 0; round < effort.rounds; round += 1) {
    // Who runs second finds the other's garbage: that is shared, too.
    if (round % 2 === 0) pairs.push({ ours: await slice(ours, oursUnits), peer: await slice(peer, peerUnits) });
    else {
      const second = await slice(peer, peerUnits);
      pairs.push({ ours: await slice(ours, oursUnits), peer: second });
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

/** @returns how many units fill a slice */
async function warmUp(contender: Contender, { sliceMs, warmUpMs }: Effort): Promise<number> {
  const start = performance.now();
  let units = contender.unitsPerSlice ?? 1;
  let micros = 0;
  do {
    ({ wallMicros: micros } = await slice(contender, units));
    if (contender.unitsPerSlice === undefined) units = Math.max(1, Math.min(units * 10, Math.round((sliceMs * 1_000) / micros)));
  } while (performance.now() - start < warmUpMs);
  return units;
}

async function slice(contender: Contender, units: number): Promise<Slice> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await contender.run(units);
  const wallMicros = (performance.now() - start) * 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMicros: (user + system) / units, wallMicros: wallMicros / units };
}
