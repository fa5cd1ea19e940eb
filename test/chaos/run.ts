import { parseArgs } from 'node:util';

import { exitWith } from '../../bench/exit-with.ts';
import { endLeftovers } from '../helpers/local-process.ts';
import { runChaos } from './chaos-run.ts';
import type { ChaosReport } from './chaos-run.ts';

const HELP = `npm run test:chaos -- [--seed N | --seeds N,N,…] [--events 20000] [--kills N] [--json]

Drives the local run while all around it goes wrong: Metronome, S3, SQS, and the process
itself, which is killed again and again. Then accounts for every event. The same seed
makes the same schedule. Exit status 1 if a promise was broken, 2 for wrong use.
`;

const DEFAULT_EVENTS = 20_000;
/** Five runs of 20,000 make the 100,000 events the bridge is held to. */
const DEFAULT_SEEDS = [1, 2, 3, 4, 5];
const EVENTS_FOR_A_KILL = 1_500;
const MIN_KILLS = 2;
/** Of Metronome's moods. */
const LONGEST_PHASE = { requests: 30, milliseconds: 3_000 };
const TAIL_MS = 180_000;
const MAX_IDS_SHOWN = 20;

interface Options {
  readonly seeds: readonly number[];
  readonly events: number;
  readonly kills: number;
  readonly json: boolean;
}

/** @throws Error with a sentence for whoever typed it */
function readOptions(words: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string' },
      events: { type: 'string', default: String(DEFAULT_EVENTS) },
      kills: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const events = wholeNumber('--events', values.events);
  const kills = values.kills === undefined ? Math.max(MIN_KILLS, Math.round(events / EVENTS_FOR_A_KILL)) : wholeNumber('--kills', values.kills);
  return { seeds: seedsFrom(values.seeds ?? values.seed), events, kills, json: values.json };
}

function seedsFrom(list: string | undefined): readonly number[] {
  return list === undefined ? DEFAULT_SEEDS : list.split(',').map((text) => wholeNumber('--seeds', text));
}

function wholeNumber(option: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Error(`${option} has "${text}"; expected a whole number, 0 or more`);
}

function print(report: ChaosReport, json: boolean): void {
  if (json) return void process.stdout.write(`${JSON.stringify(report)}\n`);
  const { violations, fates, requestsToMetronome, folder: _, ...figures } = report;
  const requests = Object.entries(requestsToMetronome).map(([mood, count]) => `${mood} ${count}`).join(', ');
  const rows = Object.entries({ ...figures, ...fates, requestsToMetronome: requests, violations: violations.length });
  process.stdout.write(`${rows.map(([name, value]) => `  ${name.padEnd(20)}${value}`).join('\n')}\n\n`);
}

function complain({ seed, violations, folder }: ChaosReport, { events, kills }: Options): void {
  for (const { promise, ids } of violations) {
    const more = ids.length > MAX_IDS_SHOWN ? `\n  and ${ids.length - MAX_IDS_SHOWN} more` : '';
    process.stderr.write(`${promise}: ${ids.length}\n  ${ids.slice(0, MAX_IDS_SHOWN).join('\n  ')}${more}\n`);
  }
  process.stderr.write(`Queue, ledger and output of the run: ${folder}\nThe same schedule again: npm run test:chaos -- --seed ${seed} --events ${events} --kills ${kills}\n`);
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  let broken = 0;
  for (const seed of options.seeds) {
    process.stderr.write(`Seed ${seed}: ${options.events} events, ${options.kills} kills\n`);
    const onProgress = (what: string): void => void process.stderr.write(`  ${new Date().toISOString().slice(11, 19)} ${what}\n`);
    const report = await runChaos({ seed, events: options.events, kills: options.kills, longestPhase: LONGEST_PHASE, tailMs: TAIL_MS, onProgress });
    print(report, options.json);
    if (report.violations.length === 0) continue;
    broken += 1;
    complain(report, options);
  }
  return broken === 0 ? 0 : 1;
}

// A bridge without its run would go on for ever.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    endLeftovers();
    process.exit(2);
  });
}

exitWith(main);
