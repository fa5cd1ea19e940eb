import { signal } from '@preact/signals';

import { go, goInPlace, route } from '../route.ts';
import { moveEntry } from './changes.ts';

/** By how many places the open mapping has gone since it was opened. */
const moved = signal(0);

/** The place of the mapping that is open, as the address has it. @param count of all mappings */
export function openEntry(count: number): number | undefined {
  const { view, detail } = route.value;
  const index = Number(detail);
  return view === 'mappings' && detail !== undefined && Number.isInteger(index) && index >= 0 && index < count ? index : undefined;
}

/** Stays the same while a mapping goes up and down, so that its editor and the focus in it stay too. */
export function keyOfOpen(index: number): number {
  return index - moved.value;
}

export function showEntry(index: number): void {
  goInPlace({ view: 'mappings', detail: String(index) });
}

export function closeEntry(): void {
  go({ view: 'mappings' });
}

/** Moves a mapping; the one that is open stays open, wherever it is then. @param by -1 or 1 */
export function moveAndFollow(index: number, by: number): void {
  const to = moveEntry(index, by);
  const { view, detail } = route.peek();
  if (to === index || view !== 'mappings') return;
  if (detail === String(index)) follow(index, to);
  else if (detail === String(to)) follow(to, index);
}

function follow(from: number, to: number): void {
  moved.value += to - from;
  showEntry(to);
}
