interface StoredDraft {
  readonly text: string;
  readonly baseVersion: string;
}

const KEY = 'bridge-studio-draft';

/** What was edited in this tab when it was loaded anew. */
export function storedDraft(): StoredDraft | undefined {
  const stored = sessionStorage.getItem(KEY);
  return stored === null ? undefined : (JSON.parse(stored) as StoredDraft);
}

export function storeDraft(draft: StoredDraft | undefined): void {
  if (draft === undefined) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify(draft));
}
