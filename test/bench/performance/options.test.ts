import { describe, expect, it } from '@jest/globals';

import { HELP, readOptions } from '../../../bench/performance/options.ts';
import { SECTIONS } from '../../../bench/performance/rows.ts';

const NONE = { quick: false, json: false, write: false, sections: SECTIONS };

describe('readOptions', () => {
  it.each([
    ['nothing', [], NONE],
    ['--quick --json', ['--quick', '--json'], { ...NONE, quick: true, json: true }],
    ['--write', ['--write'], { ...NONE, write: true }],
    ['--only with parts', ['--only', 'start,mapping'], { ...NONE, sections: ['start', 'mapping'] }],
    ['--help beside others', ['--json', '--help'], 'help'],
  ])('reads %s', (_, words, options) => {
    expect(readOptions(words)).toEqual(options);
  });

  it.each([
    ['an unknown part', ['--only', 'mapping,cold'], '--only names "cold"; expected some of mapping, forward, ingest, start'],
    ['no part', ['--only', ''], '--only names ""'],
    ['a page of a quick run', ['--quick', '--write'], '--write needs a full run'],
    ['a page of a part', ['--only', 'start', '--write'], '--write needs a full run'],
    ['an unknown option', ['--fast'], "Unknown option '--fast'"],
  ])('refuses %s', (_, words, sentence) => {
    expect(() => readOptions(words)).toThrow(sentence);
  });

  it('has a line of help for each option', () => {
    for (const name of ['--quick', '--only', '--json', '--write', '--help']) expect(HELP).toContain(`  ${name}`);
  });
});
