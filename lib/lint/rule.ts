import type { MappingDefinition } from '../mappings-schema.ts';
import type { OwnSpot, Spot } from './spot.ts';
import type { Subject } from './subject.ts';

/** An error stops the deployment, unless the mapping acknowledges its rule; a warning is only shown. */
export type Severity = 'error' | 'warning';

/** What a rule looks at: the whole file, and its enabled mappings read into parts. */
export interface LintedFile {
  readonly mappings: readonly MappingDefinition[];
  /** The enabled ones; the others map nothing. */
  readonly subjects: readonly Subject[];
  readonly rules: readonly Rule[];
  /** Ids of the rules found so far, by the mapping's index. */
  readonly found: ReadonlyMap<number, ReadonlySet<string>>;
}

/**
 * The part of a mapping's entry that an example is about. What it leaves out is as in mappings.json; of `mapping` only the
 * named fields differ, and one that is undefined is left out.
 */
export interface Example {
  readonly enabled?: boolean;
  readonly trigger?: string;
  readonly mapping?: Readonly<Record<string, unknown>>;
  readonly acknowledge?: readonly string[];
}

export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** False where nothing would be billed at all, so that no one can mean it. */
  readonly canAcknowledge: boolean;
  /** What the rule says, as a sentence. */
  readonly title: string;
  /** What the hosted destination, and the bridge with it, does to events then. */
  readonly why: string;
  /** Entries of a file that break this rule and no other, and the same without the mistake. */
  readonly bad: readonly Example[];
  readonly good: readonly Example[];
  check(file: LintedFile): readonly Spot[];
}

/** A check of each enabled mapping by itself. */
export function eachMapping(check: (subject: Subject) => readonly OwnSpot[]): Rule['check'] {
  return ({ subjects }) => subjects.flatMap((subject) => check(subject).map(({ path, message, suggestion }) => ({ mapping: subject.index, path, message, suggestion })));
}
