import { signal } from '@preact/signals';

import { PATHS } from '../../api.ts';
import type { EventDetail } from '../../api.ts';
import { AskError, ask } from '../api/ask.ts';
import { laidOut } from '../json/laid-out.ts';
import { go } from '../route.ts';

/** The event that Try works on. It outlives the view. */
export const eventText = signal('');
/** What the reader knows it by. */
export const eventName = signal('');

export function choose(text: string, name: string): void {
  eventText.value = text;
  eventName.value = name;
}

let loadNumber = 0;

/** Picks what is still to be loaded, unless the reader has chosen something else by then. @throws what the loading throws */
export async function pickLoaded(load: () => Promise<string>, name: string): Promise<void> {
  loadNumber += 1;
  const asked = loadNumber;
  const before = eventText.peek();
  const raw = await load();
  if (asked === loadNumber && eventText.peek() === before) pick(raw, name);
}

/** @param raw as it came; it is laid out to be read, which changes none of its values */
export function pick(raw: string, name: string): void {
  choose(laidOut(raw), name);
}

/** @throws AskError, also where the event is no text that could be tried */
export async function askRaw(seq: number): Promise<string> {
  const { raw, encoding } = await ask<EventDetail>(PATHS.event, { query: { seq } });
  if (encoding === 'base64') throw new AskError("This event's bytes are no text, so no mapping can be tried on them.");
  return raw;
}

export function openInTry(raw: string, name: string): void {
  pick(raw, name);
  go({ view: 'try' });
}
