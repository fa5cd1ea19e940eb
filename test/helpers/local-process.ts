import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

import { PROJECT_FOLDER, programArguments } from './project.ts';

/** The local run in a process of its own, as `npm start` makes it. */
export interface LocalProcess {
  readonly url: string;
  readonly webhook: string;
  readonly pid: number;
  /** All it printed so far. */
  output(): string;
  /** The largest resident memory it ever had, in bytes; read while it lives (Linux). */
  peakMemoryBytes(): number;
  state(): Promise<LocalState>;
  /** Resolves with the state once nothing is queued or in flight. */
  drained(withinMs: number): Promise<LocalState>;
  /** Ends it and resolves with its exit code, or null after a SIGKILL. */
  end(signal: 'SIGINT' | 'SIGKILL'): Promise<number | null>;
}

export interface LocalState {
  readonly accepted: number;
  readonly fates: { readonly delivered: number; readonly filtered: number; readonly quarantined: number };
  readonly quarantine: Readonly<Record<string, number>>;
  readonly queue: { readonly visible: number; readonly inFlight: number; readonly deadLetters: number };
  readonly target: string;
  readonly sandbox?: { readonly url: string; readonly events: string; readonly billed: number; readonly duplicates: number };
}

const running = new Set<ChildProcess>();

/** Ends whatever a failed test left running; without this Jest would wait for it. */
export function endLeftovers(): void {
  for (const child of running) child.kill('SIGKILL');
}

const POLL_MS = 100;

/** Starts it on any free port and waits until it serves; rejects with its output if it ends before. */
export async function startLocalProcess(environment: Readonly<Record<string, string>>): Promise<LocalProcess> {
  const child = spawn(process.execPath, programArguments('start.ts'), {
    cwd: PROJECT_FOLDER,
    env: { PATH: process.env['PATH'], BRIDGE_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  running.add(child);
  const exited = once(child, 'exit').finally(() => running.delete(child));
  const serving = new Promise<string>((resolve) => {
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      const url = /Webhook +(http:\S+)\/segment/.exec(text)?.[1];
      if (url !== undefined && text.includes('Serving.')) resolve(url);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
  });
  const url = await Promise.race([serving, exited.then(() => Promise.reject(new Error(`the local run ended: ${text}`)))]);
  const pid = child.pid ?? 0;
  const state = async (): Promise<LocalState> => (await (await fetch(`${url}/api/state`)).json()) as LocalState;
  return {
    url,
    webhook: `${url}/segment`,
    pid,
    output: () => text,
    peakMemoryBytes: () => 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]),
    state,
    drained: (withinMs) => drained(state, withinMs),
    async end(signal) {
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

async function drained(state: () => Promise<LocalState>, withinMs: number): Promise<LocalState> {
  const until = Date.now() + withinMs;
  for (;;) {
    const now = await state();
    const waiting = now.queue.visible + now.queue.inFlight;
    if (waiting === 0) return now;
    if (Date.now() > until) throw new Error(`after ${withinMs} ms still waiting: ${JSON.stringify(now)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
