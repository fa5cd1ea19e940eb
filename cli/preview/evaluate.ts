import type { Fate } from '../../lambda/forward/fate.ts';
import type { QueuedEvent } from '../../lambda/forward/record.ts';
import { route } from '../../lambda/forward/route.ts';
import type { Usage } from '../../lambda/forward/route.ts';
import { settle } from '../../lambda/forward/settle.ts';
import type { CompiledMapping } from '../../lambda/mapping/index.ts';

/** What the bridge would make of an event if Metronome took all that it was sent. */
export interface Outcome {
  readonly fate: Fate;
  readonly usage: readonly Usage[];
}

/**
 * Runs forward's own code on an event.
 * @param text the event's exact JSON; undefined if it isn't UTF-8
 * @param moment when it would be mapped, epoch milliseconds
 * @param acceptedAt when the bridge accepted it, epoch milliseconds
 */
export function evaluate(text: string | undefined, mappings: readonly CompiledMapping[], moment: number, acceptedAt = moment): Outcome {
  const queued = queuedEvent(text, Math.min(acceptedAt, moment), moment);
  const routed = route(queued, mappings, moment);
  const usage = routed.kind === 'usage' ? routed.usage : [];
  const ready = usage.filter((one) => one.kind === 'ready');
  const verdicts = new Map(ready.map((one) => [one, { kind: 'delivered', status: 200 } as const]));
  return { fate: settle(queued, routed, verdicts, moment).fate, usage };
}

function queuedEvent(text: string | undefined, acceptedAt: number, moment: number): QueuedEvent {
  return { sqsMessageId: '', receiptHandle: '', receiveCount: 1, firstReceivedAt: moment, sentAt: moment, acceptedAt, body: text ?? '', encoding: 'text', text };
}
