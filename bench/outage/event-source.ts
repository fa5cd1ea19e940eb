import { LAMBDA_MAX_PAYLOAD_BYTES } from '../../lambda/limits.ts';
import { createContainer } from './container.ts';
import type { Container, ContainerDeps } from './container.ts';

/** Lambda's event source for the queue, with as many containers as `maxConcurrency` allows. */
export interface EventSource {
  /** Events received and without a fate. */
  readonly inHand: number;
  /** Hands out what is visible, and starts what has waited for its window. */
  feed(now: number): void;
}

/** What surrounds an event in the invocation's payload: ids, attributes, checksum. */
const RECORD_BYTES = 900;
/** Quotes are escaped once more in there. */
const ESCAPED = 1.2;

export function createEventSource(deps: Omit<ContainerDeps, 'onFree' | 'load'>): EventSource {
  const { queue, scenario } = deps;
  const { batchSize, batchWindowSeconds, maxConcurrency } = scenario.settings;
  const fitting = Math.floor(LAMBDA_MAX_PAYLOAD_BYTES / (RECORD_BYTES + ESCAPED * scenario.eventBytes));
  const fullBatch = Math.max(1, Math.min(batchSize, fitting));
  const load = { inHand: 0 };
  const containers = Array.from({ length: maxConcurrency }, () => createContainer({ ...deps, load, onFree }));
  let gathering = maxConcurrency;

  function onFree(container: Container, now: number): void {
    gathering += 1;
    feedOne(container, gathering, now);
  }

  /** Every poller that waits gets its share; a full batch starts at once, another at the end of its window. */
  function feedOne(container: Container, sharers: number, now: number): void {
    const room = scenario.inFlightLimit - queue.hidden - load.inHand;
    const most = Math.min(Math.ceil(queue.visible / sharers), fullBatch - container.held, room);
    if (most > 0) container.gather(queue.receive(most), now);
    if (container.held === 0) return;
    const isOver = now - container.gatheringSince >= batchWindowSeconds * 1000;
    if (container.held < fullBatch && !isOver) return;
    gathering -= 1;
    container.invoke(now);
  }

  return {
    get inHand() {
      return load.inHand;
    },
    feed(now) {
      let sharers = gathering;
      for (const container of containers) {
        if (!container.isGathering) continue;
        feedOne(container, sharers, now);
        sharers -= 1;
      }
    },
  };
}
