import { COLD_SHARE, CONTAINER_SECONDS, GZIP_SHARE, MB_PER_CORE, SECONDS_PER_MONTH, WAIT_MS } from './assumed.ts';
import { decimal, whole } from './figures.ts';
import type { Costed } from './lines.ts';
import { PRICES } from './prices.ts';

/** What the bridge could not carry as it is set. */
export function warningsOn({ input, settings, traffic }: Costed): readonly string[] {
  const { eventsPerSecond, webhooks, usageEvents, runs } = traffic;
  const [webhooksPerSecond, usagePerSecond] = [webhooks / SECONDS_PER_MONTH, usageEvents / SECONDS_PER_MONTH];
  const forwardPerSecond = (settings.maxConcurrency * runs.eventsPerRun) / (runs.ms / 1_000);
  return [
    ...(webhooksPerSecond > settings.throttleRate ? [`${whole(webhooksPerSecond)} webhooks a second are over throttleRate (${whole(settings.throttleRate)}): Segment gets 429 and tries again. Let it send larger batches, or raise throttleRate.`] : []),
    ...(usagePerSecond > settings.metronomeEventsPerSecond ? [`${whole(usagePerSecond)} usage events a second are over metronomeEventsPerSecond (${whole(settings.metronomeEventsPerSecond)}): they would pile up. See docs/scaling.md.`] : []),
    ...(runs.isFull && eventsPerSecond > forwardPerSecond ? [`Forward carries about ${whole(forwardPerSecond)} events a second as it is set: ${whole(eventsPerSecond)} come. See docs/scaling.md.`] : []),
    ...(settings.paused ? ['The bridge is paused: events would only wait.'] : []),
    ...(settings.archiveDays === 0 && input.filteredShare > 0 ? ['archiveDays is 0: filtered events are gone for good.'] : []),
  ];
}

/** How the figures come about, in plain words. */
export function notesOn({ settings, parts, traffic }: Costed): readonly string[] {
  const { runs } = traffic;
  const lastRead = Object.values(PRICES).map(({ read }) => read).toSorted().at(-1) ?? '';
  return [
    `List prices of AWS in us-east-1 as read on ${lastRead}, no free tier, no tax, nothing going wrong; a month has 730 hours, and events come evenly.`,
    `Ingest takes ${whole(traffic.ingestMs)} ms a webhook with ${parts.memoryMb.ingest} MB, forward ${whole(runs.ms)} ms a run with ${parts.memoryMb.forward} MB. Runs a month: ${whole(runs.perMonth)}; events in each, on average: ${decimal(runs.eventsPerRun)}.`,
    `No Lambda was measured: CPU times of docs/performance.md are stretched, as ${whole(MB_PER_CORE)} MB have one core and less memory a part of it. Added are ${WAIT_MS.queue} ms for the queue, ${WAIT_MS.metronome} ms for Metronome and ${WAIT_MS.ledger} ms for the ledger, or the wait for metronomeEventsPerSecond (${whole(settings.metronomeEventsPerSecond)}); at most ${COLD_SHARE * 100} % of the calls start a container, and none lives longer than ${CONTAINER_SECONDS / 60} minutes.`,
    `A batch closes after ${settings.batchWindowSeconds} s (batchWindowSeconds) or when it holds ${whole(settings.batchSize)} (batchSize); ${runs.pollers} pollers fill batches beside each other.`,
    'A receive is taken to bring ten events, or those of a smaller batch. AWS promises none of it; the last line of the table is what it comes to if each brings one alone. The first bill tells.',
    `Usage events are ${whole(traffic.usageBytes)} bytes, as the default mapping makes them. The archive shrinks to ${GZIP_SHARE * 100} % by gzip.`,
    "Not in it: Metronome's and Segment's own prices, support, taxes, other regions, dead letters, quarantine, replays, and whoever reads logs and ledger.",
  ];
}
