import type { Settings } from '../../../lib/config.ts';
import { SQS_IN_FLIGHT_LIMIT } from '../../outage/scenario.ts';
import { forwardLimit, forwardRunSeconds, hiddenLimit, largestInFullBatch } from '../capacity.ts';
import { FORWARD_MEMORY_MB, FORWARD_PEAK } from '../measured.ts';
import { EVENT_SOURCE } from '../quotas.ts';
import { about, exact } from '../words.ts';
import { perSize } from './part.ts';
import type { Saturation } from './part.ts';

/** From the queue into forward. */
export function queueParts(settings: Settings): readonly Saturation[] {
  return [inFlight(settings), eventSource(settings), memoryAndPayload(settings)];
}

function inFlight(settings: Settings): Saturation {
  return {
    part: 'events in flight',
    limit: `about ${exact(SQS_IN_FLIGHT_LIMIT)} of a queue, those in hand (${exact(settings.batchSize * settings.maxConcurrency)} at most) and those that wait for their next try; AWS support may raise it`,
    eventsPerSecond: perSize(() => `${about(hiddenLimit(SQS_IN_FLIGHT_LIMIT, settings))}, and only in an outage`),
    movedBy: `shorter \`retryDelaysMinutes\` (the first is ${settings.retryDelaysMinutes[0] ?? 0}), more bridges. Nothing is lost: [what it costs](#outages)`,
    alarms: ['NothingDelivered', 'OldestReturned'],
    graphs: ['Events in the queue'],
    alsoSeen: `*in hand or put off* near ${exact(SQS_IN_FLIGHT_LIMIT)}`,
  };
}

function eventSource(settings: Settings): Saturation {
  const { batchSize, maxConcurrency } = settings;
  return {
    part: 'event source',
    limit: `\`maxConcurrency\` ${maxConcurrency}, of 1,000 at most. It begins with ${EVENT_SOURCE.first} and grows by ${EVENT_SOURCE.morePerMinute} a minute. A full run takes ${about(1000 * forwardRunSeconds(batchSize))} ms if nothing paces it`,
    eventsPerSecond: perSize(() => about(forwardLimit(settings))),
    movedBy: `\`maxConcurrency\`; \`batchSize\` × \`maxConcurrency\` (${exact(batchSize * maxConcurrency)}) at most a fifth of ${exact(SQS_IN_FLIGHT_LIMIT)}`,
    alarms: ['OldestEvent', 'ForwardThrottles'],
    graphs: ['Functions at work', 'Function duration (p95)'],
  };
}

function memoryAndPayload({ batchSize }: Settings): Saturation {
  return {
    part: "forward's memory and payload",
    limit:
      `${FORWARD_MEMORY_MB} MB, of which ${FORWARD_PEAK.mb2Kb} were used for ${exact(FORWARD_PEAK.events2Kb)} events of 2 KB, ${FORWARD_PEAK.mb16Kb} for the ${FORWARD_PEAK.events16Kb} of 16 KB that one payload of 6 MiB holds. ` +
      `Batches are full up to events of ${about(largestInFullBatch(batchSize) / 1000)} KB`,
    eventsPerSecond: perSize(() => 'no matter'),
    movedBy: '`batchSize`',
    alarms: ['ForwardErrors'],
    graphs: ['Function errors'],
  };
}
