import { ownMember } from '../../lambda/json-value.ts';
import type { CompiledMappings, ParsedEvent } from '../../lambda/mapping/index.ts';
import type { LiveEvent } from './api.ts';
import { eventIn } from './parsed-event.ts';
import { textOf } from './run.ts';
import type { Run } from './run.ts';
import type { KeptRun } from './runs.ts';

/** Longer texts are cut for the list; the event's own view has them whole. */
const SHOWN_CHARS = 200;
const SHOWN_MAPPINGS = 10;

/** Compiled mappings by their version; undefined for one that this process has never run. */
export type MappingsOfVersion = (version: string) => CompiledMappings | undefined;

/** Makes the list's line of a run, once for each: nobody pays for events that nobody looks at. */
export function createLiveEvents(mappingsOf: MappingsOfVersion): (kept: KeptRun) => LiveEvent {
  const made = new WeakMap<KeptRun, LiveEvent>();
  return (kept) => {
    const known = made.get(kept);
    if (known !== undefined) return known;
    const event = liveEvent(kept, mappingsOf);
    made.set(kept, event);
    return event;
  };
}

function liveEvent({ seq, run }: KeptRun, mappingsOf: MappingsOfVersion): LiveEvent {
  const { at, acceptedAt, sqsMessageId, replayOf, messageId, fate, reason, field, usage, receiveCount } = run;
  const mappings = [...new Set(usage.map(({ mapping }) => mapping))].slice(0, SHOWN_MAPPINGS).map(cut);
  return { seq, at, acceptedAt, sqsMessageId: cut(sqsMessageId), replayOf: shown(replayOf), messageId: shown(messageId), ...ofEvent(run, mappingsOf), fate, reason: shown(reason), field: shown(field), mappings, receiveCount };
}

/** What the event itself says; nothing of one that can't be read. */
function ofEvent(run: Run, mappingsOf: MappingsOfVersion): Partial<Pick<LiveEvent, 'type' | 'name' | 'customer'>> {
  const event = eventIn(textOf(run));
  if (event === undefined) return {};
  const { ordinary } = event;
  const name = ownMember(ordinary, 'event') ?? ownMember(ordinary, 'name');
  return { type: shown(ownMember(ordinary, 'type')), name: shown(asText(name)), customer: shown(asText(customerOf(run, event, mappingsOf))) };
}

function customerOf({ usage: [first], mappingVersion }: Run, event: ParsedEvent, mappingsOf: MappingsOfVersion): unknown {
  if (first === undefined) return undefined;
  const mapping = mappingsOf(mappingVersion)?.mappings.find(({ name }) => name === first.mapping);
  try {
    return ownMember(mapping?.map(event.exact()), 'customer_id');
  } catch {
    // A mapping that fails for this event names no customer; why it fails is shown with the event.
    return undefined;
  }
}

/** Numbers are sent as texts, too. */
function asText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

function shown(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? cut(value) : undefined;
}

/** Never through the middle of a character. */
function cut(text: string): string {
  if (text.length <= SHOWN_CHARS) return text;
  return `${text.slice(0, SHOWN_CHARS).replace(/[\ud800-\udbff]$/, '')}…`;
}
