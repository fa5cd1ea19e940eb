import { batchRequest, trackEvent } from '../../test/helpers/segment.ts';

/** Segment's usual size of a batch is larger; smaller ones keep the pace even. */
const BATCH_EVENTS = 10;

/** One in ten is quarantined, one in ten filtered: a page that only ever sees one fate has less to do. */
function event(number: number): unknown {
  const id = `load-${number}`;
  if (number % 10 === 0) return trackEvent(id, { context: {} });
  if (number % 10 === 1) return trackEvent(id, { type: 'page' });
  return trackEvent(id, { context: { groupId: `customer-${number % 97}` } });
}

/**
 * Sends signed events at an even pace, by the clock: what a slow answer delays is made up for.
 * @returns how many were sent
 */
export async function sendSteadily(webhook: string, eventsPerSecond: number, seconds: number): Promise<number> {
  const requests = Math.round((eventsPerSecond * seconds) / BATCH_EVENTS);
  const everyMs = (BATCH_EVENTS * 1_000) / eventsPerSecond;
  const start = performance.now();
  const answers: Promise<number>[] = [];
  for (let index = 0; index < requests; index += 1) {
    const waitMs = start + index * everyMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const events = Array.from({ length: BATCH_EVENTS }, (_, nth) => event(index * BATCH_EVENTS + nth));
    answers.push(fetch(webhook, batchRequest(events)).then(({ status }) => status));
  }
  const refused = (await Promise.all(answers)).filter((status) => status !== 200).length;
  if (refused > 0) throw new Error(`the bridge refused ${refused} of ${requests} requests; the figures would say nothing`);
  return requests * BATCH_EVENTS;
}
