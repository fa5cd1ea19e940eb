import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { startLocalProcess } from '../test/helpers/local-process.ts';
import type { LocalProcess, LocalState } from '../test/helpers/local-process.ts';
import { batchRequest, singleRequest, trackEvent } from '../test/helpers/segment.ts';
import type { SegmentRequest } from '../test/helpers/segment.ts';
import { sendAll } from '../test/helpers/segment-sender.ts';
import { exitWith } from './exit-with.ts';

const HELP = `npm run bench:local -- [--events 10000] [--kill] [--json]

Drives the local run over HTTP with signed events, half single, half in batches of 50,
and checks that each is billed exactly once. --kill ends it with SIGKILL in the middle
and starts it again on the same data folder. Exit status 1 if an event is lost or doubled.
`;

const BATCH = 50;
const DRAIN_MS = 600_000;

interface Result {
  readonly events: number;
  readonly killed: boolean;
  readonly eventsPerSecond: number;
  readonly peakMemoryMb: number;
  readonly billed: number;
  readonly duplicatesIgnored: number;
  readonly state: LocalState;
  readonly lost: number;
}

function requestsFor(events: number): SegmentRequest[] {
  const ids = Array.from({ length: events }, (_, index) => `bench-${index}`);
  const half = Math.floor(events / 2);
  const singles = ids.slice(0, half).map((id) => singleRequest(trackEvent(id)));
  const batches: SegmentRequest[] = [];
  for (let from = half; from < events; from += BATCH) batches.push(batchRequest(ids.slice(from, from + BATCH).map((id) => trackEvent(id))));
  // Mixed, so that a kill in the middle hits both kinds.
  const every = Math.max(1, Math.floor(singles.length / Math.max(1, batches.length)));
  const mixed: SegmentRequest[] = [];
  for (const [index, single] of singles.entries()) {
    mixed.push(single);
    const batch = index % every === 0 ? batches.shift() : undefined;
    if (batch !== undefined) mixed.push(batch);
  }
  return mixed.concat(batches);
}

async function run(events: number, kill: boolean): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-bench-'));
  try {
    const environment = { BRIDGE_DATA: folder };
    let bridge: LocalProcess = await startLocalProcess(environment);
    let restarted: Promise<void> | undefined;
    let peak = 0;
    const requests = requestsFor(events);
    const start = performance.now();
    let answered = 0;
    const restart = async (): Promise<void> => {
      peak = bridge.peakMemoryBytes();
      await bridge.end('SIGKILL');
      bridge = await startLocalProcess(environment);
    };
    const onAnswer = (): void => {
      answered += 1;
      if (kill && restarted === undefined && answered > requests.length / 2) restarted = restart();
    };
    const statuses = await sendAll(requests, { webhook: () => bridge.webhook, concurrency: 16, pauseMs: 200, maxTries: 100, onAnswer });
    await restarted;
    const state = await bridge.drained(DRAIN_MS);
    const seconds = (performance.now() - start) / 1000;
    peak = Math.max(peak, bridge.peakMemoryBytes());
    const refused = statuses.filter((status) => status !== 200).length;
    if (refused > 0) throw new Error(`${refused} requests were refused`);
    const samples = kill ? 2 : 1;
    const billed = (state.sandbox?.billed ?? 0) - samples;
    await bridge.end('SIGINT');
    return {
      events,
      killed: kill,
      eventsPerSecond: Math.round(events / seconds),
      peakMemoryMb: Math.round(peak / 1e6),
      billed,
      duplicatesIgnored: state.sandbox?.duplicates ?? 0,
      state,
      lost: events - billed,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Options {
  readonly events: number;
  readonly kill: boolean;
  readonly json: boolean;
}

/** @throws Error with a sentence for whoever typed it */
function readOptions(words: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      events: { type: 'string', default: '10000' },
      kill: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  if (!/^[1-9]\d*$/.test(values.events)) throw new Error(`--events is "${values.events}"; expected a whole number, 1 or more`);
  return { events: Number(values.events), kill: values.kill, json: values.json };
}

function table(result: Result): string {
  const { state, ...figures } = result;
  const rows = Object.entries({ ...figures, ...state.fates, accepted: state.accepted });
  return rows.map(([name, value]) => `  ${name.padEnd(20)}${value}`).join('\n');
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  process.stderr.write(`Sending ${options.events} events${options.kill ? ', with a kill in the middle' : ''} …\n`);
  const result = await run(options.events, options.kill);
  process.stdout.write(`${options.json ? JSON.stringify(result) : table(result)}\n`);
  const { accepted, fates } = result.state;
  return result.lost === 0 && accepted === fates.delivered + fates.filtered + fates.quarantined ? 0 : 1;
}

exitWith(main);
