import { parseFql, validate } from '@segment/destination-subscriptions';

import { messageOf } from '../error-text.ts';

/** The parser takes a time that grows with the square of the length: minutes for a megabyte. Nobody writes one of this many. */
const MAX_TRIGGER_CHARS = 10_000;
/** As many characters of a trigger are repeated in an error. */
const SHOWN_CHARS = 200;
const FIELDS = 'type, event, name, userId, properties, traits or context';
const SENTENCES = {
  parse: (trigger: string) => `The trigger ${trigger} can't be read, so it would never match. Write conditions on ${FIELDS}, such as type = "track".`,
  evaluate: (trigger: string) => `The trigger ${trigger} can't be evaluated for this event. Remove empty parentheses and functions other than contains and match.`,
};

/**
 * A trigger that can't be parsed (hosted: silently never matches), or that parsed and can't be evaluated for one event
 * (hosted: the event fails).
 */
export class TriggerError extends Error {
  override readonly name = 'TriggerError';
  readonly trigger: string;
  readonly stage: 'parse' | 'evaluate';

  /** @param why a sentence */
  constructor(trigger: string, stage: 'parse' | 'evaluate', why: string) {
    const shown = trigger.length > SHOWN_CHARS ? `${trigger.slice(0, SHOWN_CHARS)}…` : trigger;
    super(`${SENTENCES[stage](JSON.stringify(shown))} ${why}`);
    this.trigger = trigger;
    this.stage = stage;
  }
}

/**
 * Compiles a trigger (Segment's FQL) into a closure that says whether an event matches. It is parsed once and evaluated by
 * the hosted destination's own library, so it has the same quirks: unknown fields are skipped, the last and/or of a level
 * rules the whole level. Throws TriggerError when it can't be parsed; the closure throws one when it can't be evaluated.
 */
export function compileTrigger(trigger: string): (event: unknown) => boolean {
  if (trigger.length > MAX_TRIGGER_CHARS) {
    throw new TriggerError(trigger, 'parse', `It has ${trigger.length} characters; at most ${MAX_TRIGGER_CHARS} are read.`);
  }
  const subscription = parseFql(trigger);
  if ('error' in subscription) throw new TriggerError(trigger, 'parse', saidOf(subscription.error));
  return (event) => {
    try {
      return validate(subscription, event);
    } catch (error) {
      throw new TriggerError(trigger, 'evaluate', saidOf(error));
    }
  };
}

function saidOf(error: unknown): string {
  return `Segment's parser says: ${messageOf(error)}`;
}
