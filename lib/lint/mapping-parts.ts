import { isContainer, isObject } from '../../lambda/json-value.ts';
import { isDirectiveKey } from '../../lambda/mapping/argument.ts';

/** Where a part of a mapping stands. */
export interface Place {
  readonly keys: readonly string[];
  /** The hosted destination's validation doesn't look here: inside arrays, and right under @literal and @excludeWhenNull. */
  readonly isUnchecked: boolean;
  /** Paths here start at the Segment event; inside @transform's mapping and @arrayPath's shape they don't. */
  readonly readsEvent: boolean;
  /** Under @literal text is meant as it is. */
  readonly isLiteral: boolean;
}

export type MappingPart =
  | { readonly kind: 'directive'; readonly name: string; readonly argument: unknown; readonly place: Place }
  | { readonly kind: 'text'; readonly text: string; readonly place: Place }
  /** An object with an `@` key beside others, where hosted doesn't refuse it. */
  | { readonly kind: 'mixed'; readonly directive: string; readonly others: readonly string[]; readonly place: Place };

export type DirectivePart = Extract<MappingPart, { kind: 'directive' }>;

/** Arguments that are values; the other arguments of a directive are its settings. */
const VALUE_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  '@if': ['exists', 'blank', 'then', 'else'],
  '@case': ['value'],
  '@replace': ['value'],
  '@flatten': ['value'],
  '@json': ['value'],
  '@merge': ['objects'],
};

export const ROOT_DIRECTIVE_KEY = '__segment_internal_directive';
const ROOT: Place = { keys: [], isUnchecked: false, readsEvent: true, isLiteral: false };

/** Every directive and every plain text of a mapping, outermost first. */
export function mappingParts(mapping: unknown): readonly MappingPart[] {
  const root = isObject(mapping) ? mapping[ROOT_DIRECTIVE_KEY] : undefined;
  if (!isObject(mapping) || !isObject(root) || !Object.hasOwn(root, '@transform')) return partsOf(mapping, ROOT);
  // The other members see what its `apply` gives.
  return Object.entries(mapping).flatMap(([key, value]) => partsOf(value, { ...inside(ROOT, key), readsEvent: key === ROOT_DIRECTIVE_KEY }));
}

function partsOf(value: unknown, place: Place): readonly MappingPart[] {
  if (typeof value === 'string') return [{ kind: 'text', text: value, place }];
  if (Array.isArray(value)) return membersOf(value, { ...place, isUnchecked: true });
  if (!isObject(value)) return [];
  const keys = Object.keys(value);
  const [directive, ...otherDirectives] = keys.filter(isDirectiveKey);
  if (directive === undefined) return membersOf(value, place);
  const others = keys.filter((key) => !isDirectiveKey(key) && key !== '_metadata');
  const extra = [...otherDirectives, ...others];
  const mixed: readonly MappingPart[] = place.isUnchecked && extra.length > 0 ? [{ kind: 'mixed', directive, others: extra, place }] : [];
  if (place.isUnchecked && others.length > 0) return [...mixed, ...others.flatMap((key) => partsOf(value[key], inside(place, key)))];
  const site = inside(place, directive);
  return [...mixed, { kind: 'directive', name: directive, argument: value[directive], place: site }, ...argumentParts(directive, value[directive], site)];
}

function argumentParts(name: string, argument: unknown, place: Place): readonly MappingPart[] {
  if (name === '@literal') return partsOf(argument, { ...place, isUnchecked: true, isLiteral: true });
  if (name === '@excludeWhenNull') return partsOf(argument, { ...place, isUnchecked: true });
  // As text it is the path or the template itself.
  if (name === '@path' || name === '@template' || name === '@liquid') return isContainer(argument) ? partsOf(argument, place) : [];
  if (name === '@arrayPath' && Array.isArray(argument)) return arrayPathParts(argument, { ...place, isUnchecked: true });
  if (!isObject(argument)) return [];
  if (name === '@transform') return [...partsOf(argument['apply'], inside(place, 'apply')), ...partsOf(argument['mapping'], { ...inside(place, 'mapping'), readsEvent: false })];
  const values = VALUE_ARGUMENTS[name] ?? [];
  return values.flatMap((key) => partsOf(argument[key], inside(place, key)));
}

function arrayPathParts([path, shape]: readonly unknown[], place: Place): readonly MappingPart[] {
  const pathParts = isContainer(path) ? partsOf(path, inside(place, '0')) : [];
  return [...pathParts, ...partsOf(shape, { ...inside(place, '1'), readsEvent: false })];
}

function membersOf(container: Readonly<Record<string, unknown>> | readonly unknown[], place: Place): readonly MappingPart[] {
  return Object.entries(container).flatMap(([key, value]) => partsOf(value, inside(place, key)));
}

function inside(place: Place, key: string): Place {
  return { ...place, keys: [...place.keys, key] };
}
