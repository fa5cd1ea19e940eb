import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { PROJECT, programArguments } from './project.ts';

export interface BridgeRun {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  /** What came on stdout, a JSON value a line. */
  lines(): readonly Readonly<Record<string, unknown>>[];
}

/** Runs the operator's tool in a process of its own, with this environment and nothing else. */
export async function runBridgeProcess(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<BridgeRun> {
  const child = spawn(process.execPath, [...programArguments('bridge.ts'), ...words], { cwd: PROJECT, env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[status], out, err] = await Promise.all([once(child, 'exit') as Promise<[number | null]>, text(child.stdout), text(child.stderr)]);
  return {
    status,
    out,
    err,
    lines: () =>
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
  };
}
