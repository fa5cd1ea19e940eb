import { isObject } from '../../lambda/json-value.ts';
import { splitKeys, splitPath } from '../../lambda/mapping/path.ts';
import { variablesOf } from './liquid-text.ts';
import type { DirectivePart, MappingPart, Place } from './mapping-parts.ts';
import { readTemplate } from './placeholders.ts';
import type { Subject } from './subject.ts';

/** A path as it is written, and where. */
export interface WrittenPath {
  readonly path: string;
  /** What it looks up, as the engine splits it. */
  readonly keys: readonly string[];
  /** Paths of templates have no `$.`; variables of Liquid have names of their own, and more forms. */
  readonly syntax: 'path' | 'template' | 'liquid';
  /** Of the directive that holds it. */
  readonly place: Place;
}

/** Every path in parts of a mapping: of @path, @arrayPath, inside templates, and the variables of Liquid. */
export function pathsIn(parts: readonly MappingPart[]): readonly WrittenPath[] {
  return parts.flatMap((part) => (part.kind === 'directive' ? pathsOf(part) : []));
}

/** The parts inside one field of the usage event. */
export function partsOfField(subject: Subject, field: string): readonly MappingPart[] {
  return subject.fields === undefined ? [] : subject.parts.filter(({ place }) => place.keys[0] === field);
}

/** A value that a field can come out as. */
interface Outcome {
  readonly value: unknown;
  /** They lead there. */
  readonly keys: readonly string[];
  /** Paths, as `properties.id`, that an @if has found on the way, so that they aren't missing. */
  readonly present: readonly string[];
}

/** The values a field can come out as: the field itself, or the branches of an @if in it. */
export function outcomesOf(value: unknown, keys: readonly string[], present: readonly string[] = []): readonly Outcome[] {
  const branches = isObject(value) ? value['@if'] : undefined;
  if (!isObject(branches)) return [{ value, keys, present }];
  return ['then', 'else']
    .filter((name) => branches[name])
    .flatMap((name) => outcomesOf(branches[name], [...keys, '@if', name], name === 'then' ? [...present, ...testedPaths(branches)] : present));
}

/** The directives of one kind whose argument is text, with it. */
export function textDirectives(parts: readonly MappingPart[], name: string): readonly { readonly text: string; readonly place: Place }[] {
  return parts.flatMap((part) => (part.kind === 'directive' && part.name === name && typeof part.argument === 'string' ? [{ text: part.argument, place: part.place }] : []));
}

function pathsOf({ name, argument, place }: DirectivePart): readonly WrittenPath[] {
  if (name === '@template' && typeof argument === 'string') return readTemplate(argument).paths.map((path) => ({ path, keys: splitKeys(path), syntax: 'template', place }));
  if (name === '@liquid' && typeof argument === 'string') return (variablesOf(argument) ?? []).map((keys) => ({ path: keys.join('.'), keys, syntax: 'liquid', place }));
  const path: unknown = name === '@arrayPath' && Array.isArray(argument) ? argument[0] : argument;
  return typeof path === 'string' && (name === '@path' || name === '@arrayPath') ? [{ path, keys: splitPath(path), syntax: 'path', place }] : [];
}

function testedPaths({ exists, blank }: Readonly<Record<string, unknown>>): readonly string[] {
  const tested = exists ?? blank;
  const path = isObject(tested) ? tested['@path'] : undefined;
  return typeof path === 'string' ? [splitPath(path).join('.')] : [];
}
