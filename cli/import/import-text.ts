import { isObject, ownMember } from '../../lambda/json-value.ts';
import { findCandidates } from './candidates.ts';
import { uniqueNames } from './names.ts';
import { parseExact } from './parse-exact.ts';
import { importSubscription } from './subscription.ts';
import type { Imported, ImportedMapping } from './subscription.ts';

/** What was made of the input. With a problem there are no mappings: half of them would lose the revenue of the others. */
export interface ImportResult {
  readonly mappings: readonly ImportedMapping[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** Turns what Segment gives for a destination's subscriptions into mappings, in its order. */
export function importText(text: string): ImportResult {
  const parsed = parseExact(text.replace(/^\ufeff/, ''));
  if ('problem' in parsed) return failed(`it is not JSON: ${parsed.problem}`);
  const { value } = parsed;
  if (isObject(value) && Array.isArray(ownMember(value, 'mappings'))) return failed('it is a mappings file already; check it with: npm run bridge -- lint <file>');
  const { candidates, warnings } = findCandidates(value);
  if (candidates.length === 0) return failed('it holds no subscriptions; expected an answer of Segment\'s Public API, or objects with a trigger and settings');
  return resultOf(candidates.map((candidate, index) => ({ label: labelOf(candidate, index), imported: importSubscription(candidate) })), warnings);
}

interface Labelled {
  readonly label: string;
  readonly imported: Imported;
}

function resultOf(all: readonly Labelled[], warnings: readonly string[]): ImportResult {
  const problems = all.flatMap(({ label, imported }) => (imported.kind === 'refused' ? [`${label} ${imported.problem}`] : []));
  const skipped = all.flatMap(({ label, imported }) => (imported.kind === 'skipped' ? [`${label} ${imported.reason}: skipped`] : []));
  const kept = all.flatMap(({ label, imported }) => (imported.kind === 'mapping' ? [{ label, ...imported }] : []));
  const notes = [...warnings, ...skipped, ...kept.flatMap((one) => one.notes.map((note) => `${one.label} ${note}`))];
  if (problems.length > 0) return { mappings: [], problems, notes };
  if (kept.length === 0) return { mappings: [], problems: ['none of its subscriptions is of Metronome\'s action'], notes };
  const names = uniqueNames(kept.map(({ mapping }) => mapping.name));
  const renamed = kept.flatMap(({ label, mapping }, index) => (mapping.name === names[index] ? [] : [`${label} gets the name ${JSON.stringify(names[index])}`]));
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

function failed(problem: string): ImportResult {
  return { mappings: [], problems: [problem], notes: [] };
}
