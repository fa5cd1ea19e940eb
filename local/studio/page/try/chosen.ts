import { signal } from '@preact/signals';

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

/** @param raw as it came; it is laid out to be read, which changes none of its values */
export function pick(raw: string, name: string): void {
  choose(laidOut(raw), name);
}

export function openInTry(raw: string, name: string): void {
  pick(raw, name);
  go({ view: 'try' });
}
