import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';

import { createProgress } from '../../cli/progress.ts';
import { ioDouble, NOW } from './io-double.ts';

/** Changes how the terminal is, and not only what it shows. */
const CHANGES_TERMINAL = '\u001b[?';

describe('createProgress', () => {
  it('says nothing of short work, and a plain line every two seconds of long work where there is no terminal', async () => {
    let seconds = 0;
    const double = ioDouble('/nowhere', { now: () => NOW + seconds * 1_000 });
    const progress = createProgress(double.io, 100);

    for (seconds = 0; seconds < 6; seconds += 1) await progress.advance(1, 1_000);
    progress.stop();

    expect(double.err()).toBe('3,000 events so far\n5,000 events so far\n');
    expect(double.out()).toBe('');
  });

  it('draws a bar on a terminal, and leaves the terminal as it is: a command that is interrupted sets nothing right', async () => {
    const drawn: string[] = [];
    const terminal = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true });
    terminal.on('data', (text: string) => drawn.push(text));
    let seconds = 0;
    const progress = createProgress(ioDouble('/nowhere', { now: () => NOW + seconds * 1_000, stderr: { isTerminal: true, write: async () => undefined } }).io, 100, terminal);

    for (seconds = 0; seconds < 3; seconds += 1) await progress.advance(25, 1_000);
    const interrupted = drawn.join('');
    progress.stop();

    expect(interrupted).toMatch(/ %/);
    expect(interrupted).not.toContain(CHANGES_TERMINAL);
    expect(drawn.join('')).not.toContain(CHANGES_TERMINAL);
  });
});
