import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { contestOf } from './alternate.ts';
import type { Slice } from './alternate.ts';
import { buildBundle } from './bundles.ts';
import type { Bundle } from './bundles.ts';
import type { Plan } from './plan.ts';
import { amountRow, contestRow } from './rows.ts';
import type { Mark, Row } from './rows.ts';

const PROBE = fileURLToPath(new URL('load-probe.js', import.meta.url));
const CLIENTS_ALONE = 'a bundle of its AWS SDK clients alone';
const FORWARD_MARK: Mark = { atMost: 1.25 };
const KB = 1_000;

const run = promisify(execFile);

/** What each function costs before its first event: the size of its bundle, and loading that in a fresh process. */
export async function measureStart({ loads }: Plan, say: (what: string) => void): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-bench-'));
  try {
    const rows: Row[] = [];
    for (const name of ['forward', 'ingest'] as const) {
      say(`Start: loading ${name} in ${loads} processes`);
      rows.push(...(await rowsOf(name, await buildBundle(name, folder), await buildBundle(`${name}-clients`, folder), loads)));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rowsOf(name: 'forward' | 'ingest', bundle: Bundle, clients: Bundle, loads: number): Promise<readonly Row[]> {
  const pairs: { readonly ours: Slice; readonly peer: Slice }[] = [];
  // The first of each fills the file system's cache.
  await Promise.all([load(bundle), load(clients)]);
  for (let index = 0; index < loads; index += 1) pairs.push(await loadBoth(bundle, clients, index % 2 === 0));
  const mark = name === 'forward' ? { mark: FORWARD_MARK } : {};
  return [
    contestRow({ section: 'start', what: `loading ${name}`, against: CLIENTS_ALONE, reading: 'times as long', unit: 'ms', ...mark }, contestOf(pairs)),
    amountRow({ section: 'start', what: `bundle of ${name}`, against: CLIENTS_ALONE, unit: 'KB', ours: bundle.bytes / KB, peer: clients.bytes / KB }),
  ];
}

async function loadBoth(bundle: Bundle, clients: Bundle, oursFirst: boolean): Promise<{ readonly ours: Slice; readonly peer: Slice }> {
  if (oursFirst) return { ours: await load(bundle), peer: await load(clients) };
  const peer = await load(clients);
  return { ours: await load(bundle), peer };
}

async function load({ path }: Bundle): Promise<Slice> {
  const { stdout } = await run(process.execPath, [PROBE, path]);
  const slice: Slice = JSON.parse(stdout);
  return slice;
}
