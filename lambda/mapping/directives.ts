import { describeType, isObject } from '../json-value.ts';
import { MappingError } from './mapping-error.ts';
import { nearest } from './nearest.ts';
import { compilePath, splitPath, walk } from './path.ts';
import type { Evaluate } from './path.ts';

/** Where a directive stands, and how it compiles what it was given. */
export interface Site {
  /** The directive's JSON pointer in the mapping, its own name included. */
  readonly path: string;
  /** Compiles a part of the directive's argument; `inner` are the keys that lead there. */
  compile(value: unknown, ...inner: readonly string[]): Evaluate;
}

/** Turns a directive's argument into a closure, once. Throws MappingError for an argument the hosted destination refuses. */
type DirectiveCompiler = (argument: unknown, site: Site) => Evaluate;

/** Every directive of the hosted mapping kit. A missing compiler means: known, and not evaluated by this version. */
const DIRECTIVES: ReadonlyMap<string, DirectiveCompiler | undefined> = new Map([
  ['@path', compilePathDirective],
  ['@template', undefined],
  ['@literal', undefined],
  ['@if', undefined],
  ['@case', undefined],
  ['@replace', undefined],
  ['@arrayPath', undefined],
  ['@flatten', undefined],
  ['@json', undefined],
  ['@merge', undefined],
  ['@transform', undefined],
  ['@excludeWhenNull', undefined],
  ['@liquid', undefined],
]);

/** Names the directives that are evaluated, for people. */
const EVALUATED = [...DIRECTIVES].filter(([, compiler]) => compiler !== undefined).map(([name]) => name);

/** Compiles one directive. Throws MappingError for a name nobody knows (with the nearest known one) or can't evaluate yet. */
export function compileDirective(name: string, argument: unknown, site: Site): Evaluate {
  const compiler = DIRECTIVES.get(name);
  if (compiler !== undefined) return compiler(argument, site);
  if (DIRECTIVES.has(name)) throw new MappingError(site.path, cannotEvaluate(name));
  const suggestion = nearest(name, [...DIRECTIVES.keys()]);
  const question = suggestion === undefined ? `Known are ${[...DIRECTIVES.keys()].join(', ')}.` : `Did you mean ${suggestion}?`;
  throw new MappingError(site.path, `uses the unknown directive ${name}. ${question}`);
}

/** The rest of the sentence about something the hosted destination evaluates and this version doesn't. */
export function cannotEvaluate(name: string): string {
  return `uses ${name}, which this version of the bridge can't evaluate. Rewrite it with plain values and ${EVALUATED.join(', ')}.`;
}

/** True for an object that is one directive: `@` keys, beside them at most `_metadata`, which Segment's editor writes. */
function isDirective(value: unknown): boolean {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  return keys.some(isDirectiveKey) && keys.every((key) => isDirectiveKey(key) || key === '_metadata');
}

/** True for a key that starts with `@`, the empty name included. */
export function isDirectiveKey(key: string): boolean {
  return key.startsWith('@');
}

function compilePathDirective(argument: unknown, site: Site): Evaluate {
  if (typeof argument === 'string') return compilePath(argument);
  const evaluatePath = site.compile(argument);
  if (!isDirective(argument)) {
    throw new MappingError(site.path, `must be text or a directive that gives text, but it is ${describeType(argument)}.`);
  }
  return (event) => {
    const path = evaluatePath(event);
    if (typeof path === 'string') return walk(event, splitPath(path));
    throw new MappingError(site.path, `needs text as its path, but its directive gave ${describeType(path)} for this event.`);
  };
}
