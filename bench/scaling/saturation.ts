import type { Settings } from '../../lib/config.ts';
import { table } from '../markdown.ts';
import { WEBHOOK_SIZES } from './capacity.ts';
import { ingestParts } from './parts/ingest.ts';
import type { Saturation } from './parts/part.ts';
import { queueParts } from './parts/queue.ts';
import { recordParts } from './parts/records.ts';
import { sendingParts } from './parts/sending.ts';
import { webhookParts } from './parts/webhooks.ts';

/** Every part, in the order in which an event passes it, with these settings. */
export function saturations(settings: Settings): readonly Saturation[] {
  return [...webhookParts(settings), ...ingestParts(settings), ...queueParts(settings), ...sendingParts(settings), ...recordParts(settings)];
}

export function saturationTable(settings: Settings): string {
  const head = ['part', 'its limit', ...WEBHOOK_SIZES.map((size) => `events/s, at ${size} a webhook`), 'moved by', 'seen coming by'];
  return table(
    head,
    saturations(settings).map(({ part, limit, eventsPerSecond, movedBy, alarms, graphs, alsoSeen }) => {
      const seen = [alarms.map((id) => `alarm ${id}`), graphs.map((title) => `*${title}*`), alsoSeen ?? []].flat(2);
      return [part, limit, eventsPerSecond, movedBy, seen.join('; ')].flat();
    }),
  );
}
