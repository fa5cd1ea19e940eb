import type { Contest } from './alternate.ts';
import { inFreshProcess } from './fresh-process.ts';
import type { IngestJob } from './ingest-worker.ts';
import { lambdaHeap, MEMORY_MB } from './lambda-heap.ts';
import type { Plan } from './plan.ts';
import { contestRow } from './rows.ts';
import type { Row } from './rows.ts';
import { kilobytes } from './text.ts';
import { loopbackEnvironment, withLoopback } from './with-loopback.ts';

const EVENT_BYTES = 2_000;

/** The ingest function, beside a handler that does nothing but store. */
export async function measureIngest({ ingest: effort }: Plan, say: (what: string) => void): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const eventsPerWebhook of [1, 50]) {
    const what = `${eventsPerWebhook === 1 ? 'single webhooks' : `webhooks of ${eventsPerWebhook} events`}, ${kilobytes(EVENT_BYTES)} each`;
    say(`Ingest: ${what}`);
    const contest = await withLoopback((url) => {
      const job: IngestJob = { url, eventBytes: EVENT_BYTES, eventsPerWebhook, effort };
      return inFreshProcess<Contest>('ingest-worker.ts', job, { environment: loopbackEnvironment(url), flags: lambdaHeap(MEMORY_MB.ingest) });
    });
    rows.push(contestRow({ section: 'ingest', what, against: 'a bare handler that only stores', reading: 'of the speed', unit: 'µs' }, contest));
  }
  return rows;
}
