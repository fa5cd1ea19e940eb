import { MappingsFileError } from '../../lambda/mapping/index.ts';
import type { CompiledMapping } from '../../lambda/mapping/index.ts';
import { definitionsIn } from './definitions.ts';
import type { Definition } from './definitions.ts';
import type { Outcome, StudioServices } from './services.ts';

/** One version of the mappings, and what it makes of an event. */
export interface Side {
  /** By their names, which are unique in a file. */
  readonly entries: ReadonlyMap<string, SideEntry>;
  readonly outcome: Outcome;
}

export interface SideEntry {
  readonly definition: Definition;
  readonly compiled: CompiledMapping | MappingsFileError;
}

/**
 * @param text of a mappings file that has been checked before
 * @param event JSON of a Segment event
 * @param now epoch milliseconds
 */
export function sideOf(text: string, event: string, now: number, { evaluate }: Pick<StudioServices, 'evaluate'>): Side {
  const entries = definitionsIn(text).map((definition) => ({ definition, compiled: compiledSafely(definition) }));
  const usable = entries.flatMap(({ definition, compiled }) => (definition.enabled && !(compiled instanceof MappingsFileError) ? [compiled] : []));
  return { entries: new Map(entries.map((entry) => [entry.definition.name, entry])), outcome: evaluate(event, usable, now) };
}

function compiledSafely({ compile, name }: Definition): CompiledMapping | MappingsFileError {
  try {
    return compile() ?? new MappingsFileError(`The mapping ${JSON.stringify(name)} is empty.`);
  } catch (error) {
    if (error instanceof MappingsFileError) return error;
    throw error;
  }
}
