import { batch, computed, signal } from '@preact/signals';

import { PATHS } from '../../api.ts';
import type { LintView, MappingsFileView } from '../../api.ts';
import { ask, messageOfAsk } from '../api/ask.ts';
import { putTogether, takeApart } from './apart.ts';
import type { Apart } from './apart.ts';
import { storedDraft } from './stored-draft.ts';

/** The mappings as the reader edits them. Not in a view: they outlive it, and Try uses them too. */
interface Draft {
  readonly text: string;
  /** Nothing while the text can't be read as a list of mappings. */
  readonly apart: Apart | undefined;
}

const NO_LINT: LintView = { problems: [], findings: [] };
const TYPING_MS = 300;

/** As saved. */
export const file = signal<MappingsFileView | undefined>(undefined);
export const draft = signal<Draft>({ text: '', apart: undefined });
/** The version of the file that the draft began with. */
export const baseVersion = signal('');
export const lint = signal<LintView>(NO_LINT);
export const lintProblem = signal('');
export const loadProblem = signal('');
export const savedText = computed(() => normal(file.value?.text ?? ''));
export const isDirty = computed(() => file.value !== undefined && draft.value.text !== savedText.value);
/** Whether the file is another one by now than the one that the edit began with. */
export const isOvertaken = computed(() => isDirty.value && file.value?.version !== baseVersion.value);
export const openErrors = computed(() => lint.value.findings.filter(({ severity, acknowledged }) => severity === 'error' && !acknowledged).length);

let typingTimer: ReturnType<typeof setTimeout> | undefined;
let lintNumber = 0;
let loadNumber = 0;

/** Reads the file anew; what is edited stays as it is. An answer that a later one has overtaken is dropped. */
export async function loadFile(): Promise<void> {
  loadNumber += 1;
  const asked = loadNumber;
  try {
    const view = await ask<MappingsFileView>(PATHS.mappings);
    if (asked === loadNumber) batch(() => takeFile(view));
  } catch (error) {
    if (asked === loadNumber) loadProblem.value = messageOfAsk(error);
  }
}

function takeFile(view: MappingsFileView): void {
  const kept = file.peek() === undefined ? storedDraft() : undefined;
  const wasDirty = isDirty.peek();
  loadProblem.value = '';
  file.value = view;
  if (kept !== undefined) begin(kept.text, kept.baseVersion);
  // Others may have written just what is edited here.
  else if (!wasDirty || !isDirty.peek()) begin(view.text, view.version);
}

/** Takes note of what this page wrote. Who typed on meanwhile goes on from there. */
export function takeSaved({ text, version }: Pick<MappingsFileView, 'text' | 'version'>, sent: string): void {
  const before = file.peek();
  if (before !== undefined) file.value = { ...before, text, version };
  if (draft.peek().text === sent) begin(text, version);
  else baseVersion.value = version;
}

/** Drops what is edited for this text. */
export function begin(text: string, version: string): void {
  baseVersion.value = version;
  setText(normal(text));
}

export function setText(text: string): void {
  setDraft({ text, apart: takeApart(text) });
}

/** An entry may be no JSON while it is typed; the file is then none either, but the other entries stay what they are. */
export function setEntries(entries: readonly string[]): void {
  const { apart } = draft.peek();
  if (apart === undefined) return;
  const changed = { ...apart, entries };
  setDraft({ text: putTogether(changed), apart: changed });
}

export function takeLint(view: LintView): void {
  lintNumber += 1;
  lint.value = view;
}

/** In the layout that the entries are put together with, so that only what somebody changed differs. */
export function normal(text: string): string {
  const apart = takeApart(text);
  return apart === undefined ? text : putTogether(apart);
}

function setDraft(changed: Draft): void {
  draft.value = changed;
  clearTimeout(typingTimer);
  typingTimer = setTimeout(() => void askLint(changed.text), TYPING_MS);
}

async function askLint(text: string): Promise<void> {
  lintNumber += 1;
  const asked = lintNumber;
  try {
    const view = await ask<LintView>(PATHS.lint, { body: { text } });
    if (asked !== lintNumber) return;
    lint.value = view;
    lintProblem.value = '';
  } catch (error) {
    if (asked === lintNumber) lintProblem.value = messageOfAsk(error);
  }
}
