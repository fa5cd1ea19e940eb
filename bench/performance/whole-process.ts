import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';

/** What a process and its descendants have used and hold. */
export interface Used {
  readonly cpuMicros: number;
  readonly residentBytes: number;
}

/** Of /proc; the kernel counts CPU time there in hundredths of a second on every platform Node runs on. */
const TICK_MICROS = 10_000;
/** Places in /proc/PID/stat after the name, which may hold spaces: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const PARENT = 1;
const USER_TICKS = 11;
const CHILDREN_SYSTEM_TICKS = 14;

/** Whether this system says what another process uses. */
export const TELLS_OF_PROCESSES = existsSync('/proc/self/stat');

/** @returns the parent, and the ticks of the process and of its children that have ended */
export function readStat(text: string): { readonly parent: number; readonly ticks: number } {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
  const ticks = fields.slice(USER_TICKS, CHILDREN_SYSTEM_TICKS + 1).reduce((sum, value) => sum + value, 0);
  return { parent: fields[PARENT] ?? 0, ticks };
}

/** The process and all below it, of a table of each process's parent. */
export function descendants(root: number, parents: ReadonlyMap<number, number>): readonly number[] {
  const children = [...parents].filter(([, parent]) => parent === root).map(([pid]) => pid);
  return [root, ...children.flatMap((child) => descendants(child, parents))];
}

/** Linux only; see {@link TELLS_OF_PROCESSES}. */
export function usedBy(root: number): Used {
  const stats = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(statOf));
  const parents = new Map([...stats].map(([pid, { parent }]) => [pid, parent]));
  const pids = descendants(root, parents);
  const ticks = pids.reduce((sum, pid) => sum + (stats.get(pid)?.ticks ?? 0), 0);
  return { cpuMicros: ticks * TICK_MICROS, residentBytes: pids.reduce((sum, pid) => sum + residentBytes(pid), 0) };
}

function statOf(name: string): readonly (readonly [number, ReturnType<typeof readStat>])[] {
  const text = textOf(`/proc/${name}/stat`);
  return text === undefined ? [] : [[Number(name), readStat(text)]];
}

function residentBytes(pid: number): number {
  return 1_024 * Number(/VmRSS:\s+(\d+) kB/.exec(textOf(`/proc/${pid}/status`) ?? '')?.[1] ?? 0);
}

/** Undefined for a process that has just ended. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isNativeError(error) && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return undefined;
    throw error;
  }
}
