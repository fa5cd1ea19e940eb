import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startLocalProcess } from '../test/helpers/local-process.ts';
import { mappingsText } from '../test/local/studio/studio-world.ts';
import { findChromium } from '../test/studio/chromium.ts';
import { launchChromium } from '../test/studio/launch.ts';
import { exitWith } from './exit-with.ts';
import { isRight, measure } from './studio/measure.ts';
import type { Result } from './studio/measure.ts';
import { HELP, readOptions } from './studio/options.ts';
import type { Options } from './studio/options.ts';
import { table } from './studio/table.ts';

async function run(executablePath: string, options: Options): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-bench-'));
  const mappings = join(folder, 'mappings.json');
  writeFileSync(mappings, mappingsText());
  const browser = await launchChromium(executablePath);
  try {
    const bridge = await startLocalProcess({ BRIDGE_DATA: join(folder, 'data'), BRIDGE_MAPPINGS: mappings });
    try {
      return await measure(browser, bridge, options);
    } finally {
      await bridge.end('SIGINT');
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const chromium = findChromium(process.env);
  if (chromium === undefined) throw new Error('There is no Chromium. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.');
  process.stderr.write(`Sending ${options.eventsPerSecond} events a second for ${options.seconds} s, with the studio open …\n`);
  const result = await run(chromium, options);
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : table(result));
  return result.counters.every(isRight) ? 0 : 1;
}

exitWith(main);
