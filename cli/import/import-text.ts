import { ownMember } from '../../lambda/json-value.ts';
import { findCandidates } from './candidates.ts';
import type { Page } from './candidates.ts';
import { missingPages } from './missing-pages.ts';
import { renamingNotes, uniqueNames } from './names.ts';
import { otherAnswer } from './other-answers.ts';
import { parseExact } from './parse-exact.ts';
import { importSubscription } from './subscription.ts';
import type { Imported, ImportedMapping } from './subscription.ts';

/** A file of the input. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/**
 * What was made of the input; sentences begin with the file they speak of. With a problem there are no mappings: half of
 * them would lose the revenue of the others.
 */
export interface ImportResult {
  readonly mappings: readonly ImportedMapping[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** Turns what Segment gives for a destination's subscriptions into mappings, in its order; several files are read as one. */
export function importTexts(sources: readonly Source[]): ImportResult {
  const read = sources.map(readSource);
  const missing = missingPages(read.flatMap(({ file, pages }) => pages.map((page) => ({ file, ...page }))));
  const unreadable = read.flatMap(({ file, problem }) => (problem === undefined ? [] : [`${file}: ${problem}`]));
  return resultOf(read.flatMap(({ labelled }) => labelled), [...unreadable, ...missing]);
}

interface Labelled {
  /** `subscriptions.json: Subscription 2 "Send usage"` */
  readonly label: string;
  readonly imported: Imported;
}

interface Read {
  readonly file: string;
  readonly labelled: readonly Labelled[];
  readonly pages: readonly Page[];
  readonly problem?: string;
}

function readSource({ name: file, text }: Source): Read {
  const nothing = { file, labelled: [], pages: [] };
  if (text.trim() === '') return { ...nothing, problem: 'it is empty; if a command wrote it, look at what that one says' };
  const parsed = parseExact(text.replace(/^\ufeff/, ''));
  if ('problem' in parsed) return { ...nothing, problem: `it is not JSON: ${parsed.problem}` };
  const other = otherAnswer(parsed.value);
  if (other !== undefined) return { ...nothing, problem: other };
  const { candidates, pages } = findCandidates(parsed.value);
  if (candidates.length === 0) return { ...nothing, pages, problem: 'it holds no subscriptions; expected an answer of Segment\'s Public API, or objects with a trigger and settings' };
  return { file, pages, labelled: candidates.map((candidate, index) => ({ label: `${file}: ${labelOf(candidate, index)}`, imported: importSubscription(candidate) })) };
}

function resultOf(all: readonly Labelled[], problemsOfFiles: readonly string[]): ImportResult {
  const problems = [...problemsOfFiles, ...all.flatMap(({ label, imported }) => (imported.kind === 'refused' ? [`${label} ${imported.problem}`] : []))];
  const skipped = all.flatMap(({ label, imported }) => (imported.kind === 'skipped' ? [`${label} ${imported.reason}: skipped`] : []));
  const kept = all.flatMap(({ label, imported }) => (imported.kind === 'mapping' ? [{ label, ...imported }] : []));
  const notes = [...skipped, ...kept.flatMap((one) => one.notes.map((note) => `${one.label} ${note}`))];
  if (problems.length > 0) return { mappings: [], problems, notes };
  if (kept.length === 0) return { mappings: [], problems: ['none of the subscriptions is of Metronome\'s action'], notes };
  const names = uniqueNames(kept.map(({ mapping }) => mapping.name));
  const renamed = renamingNotes(kept.map(({ label, mapping }) => ({ label, name: mapping.name })), names);
  return { mappings: kept.map(({ mapping }, index) => withName(mapping, names[index])), problems: [], notes: [...notes, ...renamed] };
}

function withName(mapping: ImportedMapping, name = mapping.name): ImportedMapping {
  return { ...mapping, name };
}

/** `Subscription 2 "Send usage"` */
function labelOf(candidate: unknown, index: number): string {
  const name = ownMember(candidate, 'name');
  return `Subscription ${index + 1}${typeof name === 'string' && name !== '' ? ` ${JSON.stringify(name)}` : ''}`;
}
