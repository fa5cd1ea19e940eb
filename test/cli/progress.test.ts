import { describe, expect, it } from '@jest/globals';

import { createProgress } from '../../cli/progress.ts';
import { ioDouble, NOW } from './io-double.ts';

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
});
