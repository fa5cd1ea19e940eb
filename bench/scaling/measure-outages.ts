import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

import { ADVISED_OUTAGES, OUTAGES, RECORD, scenarioOf, STANDSTILLS, wordsOf } from './outages.ts';
import type { OutageCase, RecordedOutage } from './outages.ts';
import type { OutageResult } from '../outage/simulate.ts';

const run = promisify(execFile);

/** Through the command, as the page tells it. */
async function measure(outage: OutageCase): Promise<RecordedOutage> {
  const { stdout } = await run(process.execPath, ['bench/outage.ts', '--json', ...wordsOf(outage)]);
  const { result }: { result: OutageResult } = JSON.parse(stdout);
  return { about: outage.about, scenario: scenarioOf(outage), result };
}

const recorded: RecordedOutage[] = [];
for (const outage of [...OUTAGES, ...ADVISED_OUTAGES, ...STANDSTILLS]) {
  const begun = performance.now();
  recorded.push(await measure(outage));
  process.stderr.write(`${outage.about}: simulated in ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
}
// A line for each, so that a diff shows which came out otherwise.
writeFileSync(RECORD, `[\n${recorded.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
process.stdout.write('Written: bench/scaling/outages.json. Next: npx node bench/scaling/write.ts\n');
