import type { Contest } from './alternate.ts';
import { EVENT_SIZES } from './events.ts';
import { inFreshProcess } from './fresh-process.ts';
import { MAPPING_CASES } from './mapping-cases.ts';
import type { MappingJob } from './mapping-worker.ts';
import type { Plan } from './plan.ts';
import { contestRow } from './rows.ts';
import type { Mark, Row } from './rows.ts';
import { kilobytes } from './text.ts';

interface Line extends Omit<MappingJob, 'eventBytes' | 'effort'> {
  readonly sizes: readonly number[];
  readonly against: string;
  readonly mark?: Mark;
}

const LINES: readonly Line[] = [
  { case: 'default', peerReads: 'map', sizes: EVENT_SIZES, against: 'actions-core', mark: { atLeast: 60 } },
  { case: 'templates', peerReads: 'map', sizes: EVENT_SIZES, against: 'actions-core', mark: { atLeast: 40 } },
  { case: 'arrays', peerReads: 'map', sizes: EVENT_SIZES, against: 'actions-core' },
  { case: 'triggers', peerReads: 'once', sizes: EVENT_SIZES, against: 'actions-core, triggers read once' },
  { case: 'triggers', peerReads: 'each event', sizes: [2_000], against: 'actions-core, triggers read for each event as it does' },
];

/** One event through a mapping, beside the library of which the hosted destination is made. */
export async function measureMapping({ mapping: effort }: Plan, say: (what: string) => void): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { sizes, against, mark, ...job } of LINES) {
    for (const eventBytes of sizes) {
      const what = `${MAPPING_CASES[job.case].title}, ${kilobytes(eventBytes)}`;
      say(`Mapping: ${what}, beside ${against}`);
      const contest: Contest = await inFreshProcess('mapping-worker.ts', { ...job, eventBytes, effort } satisfies MappingJob);
      rows.push(contestRow({ section: 'mapping', what, against, reading: 'times as fast', unit: 'µs', ...(mark && { mark }) }, contest));
    }
  }
  return rows;
}
