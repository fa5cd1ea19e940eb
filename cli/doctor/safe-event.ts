import { randomUUID } from 'node:crypto';

import { ConfigError } from '../../lib/config.ts';
import type { Bridge } from './bridge.ts';
import { warn } from './check.ts';
import type { Finding } from './check.ts';
import { probeEvent } from './probe-event.ts';
import type { ProbeEvent } from './probe-event.ts';
import { Unanswered } from './unanswered.ts';

/**
 * An event that is surely filtered, or why there is none.
 * @param now epoch milliseconds
 */
export async function safeEvent({ mappings, runsTheseMappings, account, deploy }: Bridge, now: number): Promise<{ readonly event: ProbeEvent } | Finding> {
  if (mappings instanceof ConfigError) return notSent("the mappings file can't be used", 'Mend the mappings first: npm run bridge -- lint');
  const isSame = await runsTheseMappings().catch((error: unknown) => {
    if (error instanceof Unanswered) return error;
    throw error;
  });
  if (isSame instanceof Unanswered) return notSent('which mappings run is unknown', isSame.next);
  if (!isSame) return notSent("other mappings run than the file's", account === undefined ? 'See what npm start says of the file.' : `Deploy first: ${deploy}`);
  const event = probeEvent(mappings.mappings, now, randomUUID);
  return event === undefined ? notSent('every type of event is taken by a mapping', 'Give each trigger a type, like type = "track"; or send an event from Segment and trace it.') : { event };
}

/** An event that a mapping takes would be billed, or set aside. */
function notSent(why: string, next: string): Finding {
  return warn(`No event was sent: ${why}, so it might be billed.`, next);
}
