import type { Contest } from './alternate.ts';
import { EVENT_SIZES } from './events.ts';
import type { FloorJob } from './floor-worker.ts';
import type { ForwardJob, ForwardResult } from './forward-worker.ts';
import { inFreshProcess } from './fresh-process.ts';
import { lambdaHeap, MEMORY_MB } from './lambda-heap.ts';
import { MAPPING_CASES } from './mapping-cases.ts';
import { measureMemory } from './memory.ts';
import type { Plan } from './plan.ts';
import { amountRow, contestRow } from './rows.ts';
import type { Row } from './rows.ts';
import { kilobytes } from './text.ts';
import { loopbackEnvironment, withLoopback } from './with-loopback.ts';

const FLOOR = 'JSON.parse and JSON.stringify of the same';
const ONE_BY_ONE = 'one event a request, mapped by actions-core';
/** A browser's event. */
const EVENT_BYTES = 2_000;

/** The forward function: its own work, then the whole of it over HTTP on this machine. */
export async function measureForward(plan: Plan, say: (what: string) => void): Promise<readonly Row[]> {
  return [...(await floorRows(plan, say)), ...(await withLoopback((url) => loopbackRows(url, plan, say))), ...(await measureMemory(plan, say))];
}

async function floorRows({ floor: effort }: Plan, say: (what: string) => void): Promise<readonly Row[]> {
  const jobs: readonly Omit<FloorJob, 'effort'>[] = [...EVENT_SIZES.map((eventBytes) => ({ case: 'default' as const, eventBytes })), { case: 'templates', eventBytes: EVENT_BYTES }];
  const rows: Row[] = [];
  for (const job of jobs) {
    const what = `without network, ${MAPPING_CASES[job.case].title}, ${kilobytes(job.eventBytes)}`;
    say(`Forward: ${what}`);
    const contest: Contest = await inFreshProcess('floor-worker.ts', { ...job, effort } satisfies FloorJob, { flags: lambdaHeap(MEMORY_MB.forward) });
    rows.push(contestRow({ section: 'forward', what, against: FLOOR, reading: 'of the speed', unit: 'µs', mark: { atLeast: 0.5 } }, contest));
  }
  return rows;
}

async function loopbackRows(url: string, { forward: runs, seeds }: Plan, say: (what: string) => void): Promise<readonly Row[]> {
  say('Forward: batches of 1,000 events to a Metronome on this machine');
  const job: ForwardJob = { url, eventBytes: EVENT_BYTES, runs, seeds };
  const result = await inFreshProcess<ForwardResult>('forward-worker.ts', job, { environment: loopbackEnvironment(url), flags: lambdaHeap(MEMORY_MB.forward) });
  const rows = result.contests.map(({ answerMs, ...contest }) =>
    contestRow({ section: 'forward', what: `Metronome answers in ${answerMs} ms, ledger written, ${kilobytes(EVENT_BYTES)}`, against: ONE_BY_ONE, reading: 'times as fast', unit: 'µs' }, contest),
  );
  const mostRequests = Math.max(...result.requestsWithRefusals);
  return [
    ...rows,
    amountRow({ section: 'forward', what: 'requests for 1,000 good events', against: ONE_BY_ONE, unit: 'requests', ours: result.requests, peer: result.peerRequests, mark: { atMost: 10 } }),
    amountRow({ section: 'forward', what: `requests with 1 % refused, most of ${seeds.length}`, against: ONE_BY_ONE, unit: 'requests', ours: mostRequests, peer: result.peerRequests, mark: { atMost: 150 } }),
  ];
}
