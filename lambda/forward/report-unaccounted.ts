import type { Telemetry } from '../telemetry.ts';
import type { QueuedEvent } from './record.ts';
import type { Settled } from './settle.ts';

/** One fate for each event of an invocation, no more and no fewer: anything else is a bug. What has none goes back all the same. */
export function reportUnaccounted(batch: readonly QueuedEvent[], settled: readonly Settled[], telemetry: Telemetry): void {
  const withFate = new Set(settled.map(({ queued }) => queued));
  const missing = batch.filter((queued) => !withFate.has(queued)).length;
  if (missing === 0 && settled.length === batch.length) return;
  telemetry.count('Unaccounted', Math.max(missing, settled.length - batch.length));
  telemetry.error('fates_do_not_add_up', { events: batch.length, settled: settled.length, missing, advice: 'A fault of the bridge itself; please report it.' });
}
