import { batch, signal } from '@preact/signals';

import { PATHS } from '../../api.ts';
import type { SaveView } from '../../api.ts';
import { ask, messageOfAsk } from '../api/ask.ts';
import { say } from '../parts/toast.tsx';
import { baseVersion, begin, draft, loadFile, takeLint, takeSaved } from './draft.ts';

export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly sentence: string }
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'conflict'; readonly diskText: string; readonly version: string };

export const saveState = signal<SaveState>({ kind: 'idle' });

/** @param over the version on disk that may be written over; without it, the one the draft began with */
export async function save(over = baseVersion.peek()): Promise<void> {
  const { text } = draft.peek();
  // Who chose to write over it isn't asked again, even if this attempt is refused.
  baseVersion.value = over;
  saveState.value = { kind: 'saving' };
  try {
    await take(await ask<SaveView>(PATHS.save, { body: { text, baseVersion: over } }), text);
  } catch (error) {
    saveState.value = { kind: 'failed', sentence: messageOfAsk(error) };
  }
}

/** Drops what was edited for what stands on disk. */
export async function takeTheirs(text: string, version: string): Promise<void> {
  saveState.value = { kind: 'idle' };
  begin(text, version);
  await loadFile();
}

async function take(view: SaveView, text: string): Promise<void> {
  if (view.kind === 'refused') takeLint(view.lint);
  if (view.kind !== 'saved') {
    saveState.value = view.kind === 'refused' ? { kind: 'refused', text } : view;
    return;
  }
  batch(() => {
    saveState.value = { kind: 'idle' };
    takeSaved(view, text);
  });
  say('Saved. Events are mapped with it from now on.');
  await loadFile();
}
