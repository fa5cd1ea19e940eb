import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { descendants, readStat, TELLS_OF_PROCESSES, usedBy } from '../../../bench/performance/whole-process.ts';

const started: ChildProcess[] = [];
afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

describe('readStat', () => {
  it('reads the parent and all CPU time, also behind a name with spaces and brackets', () => {
    const text = '4711 (a (b) c) S 42 4711 4711 0 -1 4194560 1 2 3 4 500 60 7 8 20 0 12 0 100 1000 200';

    expect(readStat(text)).toEqual({ parent: 42, ticks: 575 });
  });
});

describe('descendants', () => {
  it('are the process and all below it, and nobody beside it', () => {
    const parents = new Map([[1, 0], [10, 1], [11, 10], [12, 11], [13, 10], [20, 1]]);

    expect([...descendants(10, parents)].toSorted()).toEqual([10, 11, 12, 13]);
  });
});

const onLinux = TELLS_OF_PROCESSES ? it : it.skip;

describe('usedBy', () => {
  onLinux('counts what a child of the process has used', async () => {
    const busy = 'while (process.cpuUsage().user < 200_000); process.stdout.write("done"); setInterval(() => {}, 1000)';
    const parent = spawn(process.execPath, ['-e', `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(busy)}], { stdio: 'inherit' })`], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    started.push(parent);
    await once(parent.stdout, 'data');

    const tree = usedBy(parent.pid ?? 0);

    process.kill(-(parent.pid ?? 0), 'SIGKILL');
    expect(tree.residentBytes).toBeGreaterThan(50e6);
    expect(tree.cpuMicros).toBeGreaterThan(100_000);
  });

  onLinux('has nothing to say of a process that is gone', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'close');

    expect(usedBy(gone.pid ?? 0)).toEqual({ cpuMicros: 0, residentBytes: 0 });
  });
});
