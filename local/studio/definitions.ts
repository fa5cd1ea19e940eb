import { isObject } from '../../lambda/json-value.ts';
import { compileMappings } from '../../lambda/mapping/index.ts';
import type { CompiledMapping } from '../../lambda/mapping/index.ts';

/** An entry of a mappings file as it is written. */
export interface Definition {
  readonly name: string;
  readonly enabled: boolean;
  readonly trigger: string;
  readonly mapping: Readonly<Record<string, unknown>>;
  /** The entry as a file of its own, and switched on: to be tried alone. */
  compile(): CompiledMapping | undefined;
}

/** The entries of a text that has been checked before; what isn't one is left out. */
export function definitionsIn(text: string): readonly Definition[] {
  const file: unknown = JSON.parse(text);
  const entries: readonly unknown[] = isObject(file) && Array.isArray(file['mappings']) ? file['mappings'] : [];
  return entries.flatMap((entry) => {
    if (!isObject(entry)) return [];
    const { name, enabled, trigger, mapping } = entry;
    if (typeof name !== 'string' || typeof trigger !== 'string' || !isObject(mapping)) return [];
    const compile = (): CompiledMapping | undefined => compileMappings(JSON.stringify({ mappings: [{ ...entry, enabled: true }] })).mappings[0];
    return [{ name, enabled: enabled !== false, trigger, mapping, compile }];
  });
}
