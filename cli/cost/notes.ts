import { COLD_SHARE, GZIP_SHARE, MB_PER_CORE, SECONDS_PER_MONTH, WAIT_MS } from './assumed.ts';
import { decimal, dollars, whole } from './figures.ts';
import type { Costed } from './lines.ts';
import { PRICES } from './prices.ts';

/** What the bridge could not carry as it is set. */
export function warningsOn({ input, settings, traffic }: Costed): readonly string[] {
  const { eventsPerSecond, webhooks, usageEvents, runs } = traffic;
  const [webhooksPerSecond, usagePerSecond] = [webhooks / SECONDS_PER_MONTH, usageEvents / SECONDS_PER_MONTH];
  const forwardPerSecond = (settings.maxConcurrency * runs.eventsPerRun) / (runs.ms / 1_000);
  return [
    ...(webhooksPerSecond > settings.throttleRate ? [`${whole(webhooksPerSecond)} webhooks a second are over throttleRate (${settings.throttleRate}): Segment gets 429 and tries again. Let it send larger batches, or raise throttleRate.`] : []),
    ...(usagePerSecond > settings.metronomeEventsPerSecond ? [`${whole(usagePerSecond)} usage events a second are over metronomeEventsPerSecond (${whole(settings.metronomeEventsPerSecond)}): they would pile up. See docs/scaling.md.`] : []),
    ...(runs.eventsPerRun >= settings.batchSize && eventsPerSecond > forwardPerSecond ? [`Forward carries about ${whole(forwardPerSecond)} events a second as it is set: ${whole(eventsPerSecond)} come. See docs/scaling.md.`] : []),
    ...(settings.paused ? ['The bridge is paused: events would only wait.'] : []),
    ...(settings.archiveDays === 0 && input.filteredShare > 0 ? ['archiveDays is 0: filtered events are gone for good.'] : []),
  ];
}

/** How the figures come about, in plain words. */
export function notesOn({ input, settings, parts, traffic }: Costed): readonly string[] {
  const { runs } = traffic;
  const oneByOne = ((input.eventsPerMonth - runs.receives) * PRICES.sqsRequest.tiers[0].usd * 1_000_000) / input.eventsPerMonth;
  return [
    'List prices of AWS in us-east-1, no free tier, no tax, nothing going wrong; a month has 730 hours, spread evenly.',
    `Ingest takes ${whole(traffic.ingestMs)} ms a webhook with ${parts.memoryMb.ingest} MB, forward ${whole(runs.ms)} ms a run of ${decimal(runs.eventsPerRun)} events with ${parts.memoryMb.forward} MB, ${whole(runs.perMonth)} runs a month.`,
    `No Lambda was measured: CPU times of docs/performance.md are stretched, as ${whole(MB_PER_CORE)} MB have one core and less memory a part of it. Added are ${WAIT_MS.queue} ms for the queue, ${WAIT_MS.metronome} ms for Metronome and ${WAIT_MS.ledger} ms for the ledger, or the wait for metronomeEventsPerSecond (${whole(settings.metronomeEventsPerSecond)}); ${COLD_SHARE * 100} % of the calls start a container.`,
    `A batch closes after ${settings.batchWindowSeconds} s (batchWindowSeconds) or ${whole(settings.batchSize)} events (batchSize); ${runs.pollers} pollers fill batches beside each other.`,
    `A receive is taken to bring ten events. AWS doesn't promise that: if each brought one alone, it would be ${dollars(Math.max(0, oneByOne))} more a million.`,
    `Usage events are ${whole(traffic.usageBytes)} bytes, as the default mapping makes them. The archive shrinks to ${GZIP_SHARE * 100} % by gzip.`,
    "Not in it: Metronome's and Segment's own prices, support, taxes, other regions, dead letters, quarantine, replays, and whoever reads logs and ledger.",
  ];
}
