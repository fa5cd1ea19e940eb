import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

import { ANSWER_BYTES, GZIP_SHARE, LOG_LINE_OVERHEAD_BYTES, MB_PER_CORE, WAIT_MS } from '../../../cli/cost/assumed.ts';
import { alternatives, cuts, lines, prices, sums } from './page-tables.ts';

const PAGE = readFileSync(new URL('../../../docs/cost.md', import.meta.url), 'utf8');

describe('docs/cost.md', () => {
  it.each([
    ['the sums', sums()],
    ['every line', lines()],
    ['what the cuts give', cuts()],
    ['others', alternatives()],
    ['every price', prices()],
  ])('shows %s as the command reckons them', (_, table) => {
    expect(PAGE).toContain(table);
  });

  it('names what was assumed as it is reckoned with', () => {
    for (const assumed of [`${MB_PER_CORE.toLocaleString('en-US')} MB`, `${WAIT_MS.queue} ms for the queue`, `${WAIT_MS.metronome} ms for Metronome`, `${WAIT_MS.ledger} ms for the ledger`, `${GZIP_SHARE * 100} %`, `${LOG_LINE_OVERHEAD_BYTES} bytes`, `${ANSWER_BYTES} bytes`]) {
      expect(PAGE).toContain(assumed);
    }
  });
});
