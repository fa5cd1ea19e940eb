import { METRONOME_MAX_EVENTS_PER_REQUEST, METRONOME_MAX_REQUEST_BYTES } from '../../../lambda/limits.ts';
import type { Settings } from '../../../lib/config.ts';
import { eventsPerRequest } from '../capacity.ts';
import { METRONOME_RATE } from '../quotas.ts';
import { exact } from '../words.ts';
import { perSize } from './part.ts';
import type { Saturation } from './part.ts';

/** As lambda/forward/handler.ts has it: sending stops so long before the deadline. */
const FINISH_MARGIN_SECONDS = 5;

/** From forward to Metronome. */
export function sendingParts(settings: Settings): readonly Saturation[] {
  return [pace(settings), metronomeRate(), metronomeRequests(settings)];
}

function pace({ metronomeEventsPerSecond, maxConcurrency, forwardTimeoutSeconds }: Settings): Saturation {
  const share = metronomeEventsPerSecond / maxConcurrency;
  return {
    part: "forward's pace",
    limit: `\`metronomeEventsPerSecond\` ${exact(metronomeEventsPerSecond)}: ${exact(share)} for each of \`maxConcurrency\` containers, so at most ${exact(share * (forwardTimeoutSeconds - FINISH_MARGIN_SECONDS))} in a run of \`forwardTimeoutSeconds\` ${forwardTimeoutSeconds}`,
    eventsPerSecond: perSize(() => exact(metronomeEventsPerSecond)),
    movedBy: "`metronomeEventsPerSecond`, up to the account's rate",
    alarms: ['OldestEvent'],
    graphs: ['Delivery lag, seconds', 'Events in the queue'],
  };
}

function metronomeRate(): Saturation {
  return {
    part: "Metronome's rate",
    limit: `${exact(METRONOME_RATE.first)} events/s for a new account; raised on request, ${exact(METRONOME_RATE.most)} at most`,
    eventsPerSecond: perSize(() => exact(METRONOME_RATE.first)),
    movedBy: 'Metronome',
    alarms: ['NothingDelivered', 'OldestReturned'],
    graphs: ["Metronome's answers", 'Returned by cause'],
    alsoSeen: '429, `rate_limited`',
  };
}

function metronomeRequests({ metronomeEventsPerSecond }: Settings): Saturation {
  return {
    part: "Metronome's requests",
    limit: `${METRONOME_MAX_EVENTS_PER_REQUEST} events. No size is published; we keep to ${METRONOME_MAX_REQUEST_BYTES / 1_000_000} MB, so ${eventsPerRequest(16_000)} events of 16 KB. No rate of requests either: ${exact(metronomeEventsPerSecond / METRONOME_MAX_EVENTS_PER_REQUEST)} a second at full pace`,
    eventsPerSecond: perSize(() => 'none'),
    movedBy: 'smaller `properties` in the mapping',
    alarms: ['Quarantined'],
    graphs: ['Usage events in a request'],
    alsoSeen: '`too_large`',
  };
}
