import { cpus, loadavg, totalmem } from 'node:os';

import type { Row } from './rows.ts';

/** Where and when something was measured. */
export interface Setting {
  /** ISO 8601. */
  readonly at: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly platform: string;
  readonly node: string;
  /** Of the bridge and of the peers, by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Processes that wanted to run, mean of a minute, before and after: over the number of cores, others were in the way. */
  readonly loadBefore: number;
  readonly loadAfter: number;
}

/** All of one run; what `--json` prints and what the page is made of. */
export interface Report {
  readonly quick: boolean;
  readonly setting: Setting;
  readonly rows: readonly Row[];
}

export function readSetting(versions: Readonly<Record<string, string>>, loadBefore: number, now: number): Setting {
  const [processor] = cpus();
  return {
    at: new Date(now).toISOString(),
    processor: processor?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    versions,
    loadBefore,
    loadAfter: loadNow(),
  };
}

export function loadNow(): number {
  const [minute = 0] = loadavg();
  return minute;
}

/** One sentence about the machine, and one if others used it. */
export function settingText({ processor, cores, memoryGb, platform, node, loadBefore, loadAfter }: Setting): string {
  const busiest = Math.max(loadBefore, loadAfter);
  const machine = `${processor}, ${cores} cores, ${memoryGb} GB, ${platform}, Node ${node}.`;
  if (busiest <= cores) return machine;
  return `${machine} Others used the machine at the same time (load ${loadBefore.toFixed(1)} before, ${loadAfter.toFixed(1)} after): go by the ratios.`;
}
