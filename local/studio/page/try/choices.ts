import { PATHS } from '../../api.ts';
import type { EventPage, LiveFate, QuarantineView, SampleView } from '../../api.ts';
import { ask } from '../api/ask.ts';
import { reasonText } from '../live/reason-text.ts';
import { clockOrDay } from '../text/moment.ts';
import { askRaw } from './chosen.ts';

export type Source = 'recent' | 'quarantined' | 'samples';

/** An event that can be tried. */
export interface Choice {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly fate?: LiveFate;
  readonly load: () => Promise<string>;
}

const RECENT_EVENTS = 50;

/** What a source has to choose from. @throws AskError */
export async function choicesOf(source: Source, signal: AbortSignal): Promise<readonly Choice[]> {
  switch (source) {
    case 'recent':
      return recentChoices(await ask<EventPage>(PATHS.events, { query: { limit: RECENT_EVENTS }, signal }));
    case 'quarantined':
      return quarantinedChoices(await ask<QuarantineView>(PATHS.quarantine, { signal }));
    case 'samples':
      return (await ask<readonly SampleView[]>(PATHS.samples, { signal })).map(({ name, event }) => ({ key: name, name, note: '', load: async () => event }));
  }
}

function recentChoices({ events }: EventPage): readonly Choice[] {
  return events.map((event) => ({
    key: String(event.seq),
    name: event.name ?? event.type ?? event.messageId ?? event.sqsMessageId,
    note: [clockOrDay(event.at, Date.now()).split('.')[0], event.customer, reasonText(event)].filter((part) => part !== undefined && part !== '').join(' · '),
    fate: event.fate,
    load: () => askRaw(event.seq),
  }));
}

function quarantinedChoices({ groups }: QuarantineView): readonly Choice[] {
  return groups.flatMap((group) =>
    group.samples.map(({ sqsMessageId, messageId, raw }) => ({
      key: sqsMessageId,
      name: messageId ?? sqsMessageId,
      note: reasonText(group),
      fate: 'quarantined' as const,
      load: async () => raw,
    })),
  );
}
