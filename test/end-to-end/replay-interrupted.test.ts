import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { programArguments } from '../helpers/project.ts';
import { DRAIN_MS, idsOf, replayWorld, summaryOf, TEST_MS, withoutGroup } from './replay-world.ts';

const { accept, command, environment, restart, standInForMetronome, startBridge, writeMappings } = replayWorld();

describe('quarantine replay', () => {
  it.each(['SIGINT', 'SIGKILL'] as const)('delivers each event once when it is ended by %s and run again', async (signal) => {
    const metronome = await standInForMetronome();
    writeMappings({ name: 'usage' });
    let bridge = await startBridge();
    const ids = idsOf(450, 'bad');
    await accept(bridge, ids.map(withoutGroup));
    writeMappings({ name: 'usage', fields: { customer_id: { '@path': '$.userId' } } });
    bridge = await restart(bridge);

    const words = ['quarantine', 'replay', '--yes', '--rate', '100', '--local'];
    const interrupted = spawn(process.execPath, [...programArguments('bridge.ts'), ...words], { env: { PATH: process.env['PATH'], ...environment() }, stdio: ['ignore', 'pipe', 'ignore'] });
    const said = text(interrupted.stdout);
    const exited = once(interrupted, 'exit');
    while (metronome.billed.size <= 100) await new Promise((resolve) => setTimeout(resolve, 20));
    interrupted.kill(signal);
    const [status] = (await exited) as [number | null];
    await bridge.drained(DRAIN_MS);
    const left = await command('quarantine', 'list', '--json');
    const rest = await command('quarantine', 'replay', '--yes', '--json');
    await bridge.drained(DRAIN_MS);

    const openAfterSignal = Number((summaryOf(left) as { readonly open: number }).open);
    expect(openAfterSignal).toBeGreaterThan(0);
    expect(openAfterSignal).toBeLessThan(450);
    expect(summaryOf(rest)).toMatchObject({ queued: openAfterSignal });
    expect(status).toBe(signal === 'SIGINT' ? 130 : null);
    expect(await said).toMatch(signal === 'SIGINT' ? /Interrupted: \d+ of 450 events put into the queue, and recorded\.[^]*npm run bridge -- quarantine replay --local --rate 100 --yes\n$/ : /^$/);
    // A killed run may have claimed a round without sending it: that one is left to a person, and sent when it is given up.
    const lost = summaryOf(await command('quarantine', 'list', '--json')) as { readonly replayed: { readonly notBack: number } };
    expect(lost.replayed.notBack).toBeLessThanOrEqual(signal === 'SIGINT' ? 0 : 100);
    const again = await command('quarantine', 'replay', '--again', 'all', '--yes', '--json');
    await bridge.drained(DRAIN_MS);
    expect(summaryOf(again)).toMatchObject({ queued: lost.replayed.notBack });
    expect([...metronome.billed.keys()].toSorted()).toEqual(ids.toSorted());
    expect(metronome.requests.flatMap(({ events }) => events)).toHaveLength(450);
    expect(summaryOf(await command('quarantine', 'replay', '--yes', '--json'))).toMatchObject({ open: 0, queued: 0 });
    expect(summaryOf(await command('quarantine', 'list', '--json'))).toMatchObject({ open: 0, replayed: { delivered: 450, notBack: 0 } });
  }, TEST_MS);
});
