import { effect } from '@preact/signals';

import { baseVersion, draft, file, isDirty } from './draft.ts';
import { storeDraft } from './stored-draft.ts';

/** Keeps what isn't saved over a reload, and has the browser ask before the page is left. Within the page nothing is lost. */
export function keepDraft(): void {
  effect(() => {
    if (file.value !== undefined) storeDraft(isDirty.value ? { text: draft.value.text, baseVersion: baseVersion.value } : undefined);
  });
  addEventListener('beforeunload', (event) => {
    if (isDirty.peek() && !isReloading) event.preventDefault();
  });
}

let isReloading = false;

/** Loads the page again, which keeps the draft, so without a question. */
export function reload(): void {
  isReloading = true;
  location.reload();
}
