import { isObject } from '../../lambda/json-value.ts';
import type { DirectivePart, MappingPart, Place } from './mapping-parts.ts';
import { readTemplate } from './placeholders.ts';
import type { Subject } from './subject.ts';

/** A path as it is written, and where. `keys` lead to the directive that holds it. */
export interface WrittenPath {
  readonly path: string;
  readonly isTemplate: boolean;
  readonly place: Place;
}

/** Every path in parts of a mapping: of @path, @arrayPath and inside templates. */
export function pathsIn(parts: readonly MappingPart[]): readonly WrittenPath[] {
  return parts.flatMap((part) => (part.kind === 'directive' ? pathsOf(part) : []));
}

/** The parts inside one field of the usage event. */
export function partsOfField(subject: Subject, field: string): readonly MappingPart[] {
  return subject.fields === undefined ? [] : subject.parts.filter(({ place }) => place.keys[0] === field);
}

/**
 * The values a field can come out as: the field itself, or the branches of an @if in it. Each with the keys that lead there.
 */
export function outcomesOf(value: unknown, keys: readonly string[]): readonly { readonly value: unknown; readonly keys: readonly string[] }[] {
  const branches = isObject(value) ? value['@if'] : undefined;
  if (!isObject(branches)) return [{ value, keys }];
  return ['then', 'else'].filter((name) => branches[name]).flatMap((name) => outcomesOf(branches[name], [...keys, '@if', name]));
}

/** The directives of one kind whose argument is text, with it. */
export function textDirectives(parts: readonly MappingPart[], name: string): readonly { readonly text: string; readonly place: Place }[] {
  return parts.flatMap((part) => (part.kind === 'directive' && part.name === name && typeof part.argument === 'string' ? [{ text: part.argument, place: part.place }] : []));
}

function pathsOf({ name, argument, place }: DirectivePart): readonly WrittenPath[] {
  if (name === '@template' && typeof argument === 'string') return readTemplate(argument).paths.map((path) => ({ path, isTemplate: true, place }));
  const path: unknown = name === '@arrayPath' && Array.isArray(argument) ? argument[0] : argument;
  return typeof path === 'string' && (name === '@path' || name === '@arrayPath') ? [{ path, isTemplate: false, place }] : [];
}
