import { readFileSync, writeFileSync } from 'node:fs';

import { measureCost } from './performance/cost-section.ts';
import { measureForward } from './performance/forward-section.ts';
import { measureIngest } from './performance/ingest-section.ts';
import { measureMapping } from './performance/mapping-section.ts';
import { HELP, readOptions } from './performance/options.ts';
import { measureOutage } from './performance/outage-section.ts';
import { performancePage } from './performance/page.ts';
import { arePeersInstalled, PEERS_MISSING } from './performance/peers.ts';
import { FULL, QUICK } from './performance/plan.ts';
import type { Plan } from './performance/plan.ts';
import { loadNow, readSetting } from './performance/report.ts';
import { judge } from './performance/rows.ts';
import type { Row, Section } from './performance/rows.ts';
import { measureStart } from './performance/start-section.ts';
import { table } from './performance/table.ts';
import { measureWhole } from './performance/whole-section.ts';

type Measure = (plan: Plan, say: (what: string) => void) => Promise<readonly Row[]>;

const MEASURES: Readonly<Record<Section, Measure>> = { mapping: measureMapping, forward: measureForward, ingest: measureIngest, start: measureStart, whole: measureWhole, outage: measureOutage, cost: measureCost };
const PAGE = new URL('../docs/performance.md', import.meta.url);

/** Wrong use, and what has to be installed first, as one sentence. */
class UsageError extends Error {}

function versions(): Readonly<Record<string, string>> {
  const own: { version: string } = manifest('../package.json');
  const peers: { dependencies: Readonly<Record<string, string>> } = manifest('peers/package.json');
  return { bridge: own.version, ...peers.dependencies };
}

function manifest<Manifest>(path: string): Manifest {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

function optionsFrom(words: readonly string[]): ReturnType<typeof readOptions> {
  try {
    return readOptions(words);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function main(): Promise<number> {
  const options = optionsFrom(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  if (!arePeersInstalled()) throw new UsageError(PEERS_MISSING);
  const loadBefore = loadNow();
  const rows: Row[] = [];
  for (const section of options.sections) {
    rows.push(...(await MEASURES[section](options.quick ? QUICK : FULL, (what) => process.stderr.write(`${what} …\n`))));
  }
  const report = { quick: options.quick, setting: readSetting(versions(), loadBefore, Date.now()), rows };
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : table(report));
  if (options.write) writeFileSync(PAGE, performancePage(report));
  return rows.every((row) => judge(row)?.holds !== false) ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
