import { parseArgs } from 'node:util';

import { SECTIONS } from './rows.ts';
import type { Section } from './rows.ts';

export const HELP = `npm run bench -- [options]

Measures the bridge beside its peers, in turns and in one run: mapping and sending beside
Segment's own libraries, the functions beside the least that could do their work. Then the
whole local run: its speed, its lag, and whether it grows; how a backlog drains (simulated),
and what events cost (reckoned). What is made of the events is compared with what is right.
The peers are installed by: npm ci --prefix bench/peers

  --quick        a look in under two minutes, with figures that spread wider
  --only PARTS   some of: ${SECTIONS.join(', ')}; separated by commas
  --json         one JSON object instead of a table
  --write        also writes docs/performance.md; only a full run does
  --help         this text

Exit status 0: all marks hold; 1: a mark is missed, or somebody gave a wrong answer; 2: wrong
use, or the peers are not installed.
`;

export interface BenchOptions {
  readonly quick: boolean;
  readonly json: boolean;
  readonly write: boolean;
  readonly sections: readonly Section[];
}

/** @throws Error with a sentence for whoever typed it */
export function readOptions(words: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      only: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { quick, json, write, only } = values;
  if (write && (quick || only !== undefined)) throw new Error('--write needs a full run: leave out --quick and --only');
  return { quick, json, write, sections: only === undefined ? SECTIONS : only.split(',').map(sectionOf) };
}

function sectionOf(word: string): Section {
  const section = SECTIONS.find((known) => known === word);
  if (section === undefined) throw new Error(`--only names "${word}"; expected some of ${SECTIONS.join(', ')}`);
  return section;
}
