import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { collectGarbage, INSPECTED } from '../../../bench/performance/whole-collect.ts';

const HOLDS = 20_000_000;

it('collects what a process no longer holds on to, and sees what it still does', async () => {
  const child = spawn(process.execPath, ['-e', `globalThis.kept = Buffer.alloc(${HOLDS}, 1); Buffer.alloc(10 * ${HOLDS}, 1); setInterval(() => {}, 1000)`], { env: { ...process.env, ...INSPECTED }, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const [printed]: Buffer[] = await once(child.stderr, 'data');

    const bytes = await collectGarbage(printed?.toString() ?? '');

    expect(bytes).toBeGreaterThan(HOLDS);
    expect(bytes).toBeLessThan(3 * HOLDS);
  } finally {
    child.kill('SIGKILL');
  }
});

it('asks no process that has not said where', async () => {
  await expect(collectGarbage('Serving.')).rejects.toThrow('did not say');
});
