import { errorName } from '../error-text.ts';
import { describeType, isJsonScalar, isObject } from '../json-value.ts';
import { isDirective, isDirectiveKey } from './argument.ts';
import type { Site } from './directive.ts';
import { findDirective, unknownDirective } from './directives.ts';
import { MappingError } from './mapping-error.ts';
import type { MappingProblem } from './mapping-error.ts';
import { anyObjectOf, objectOf } from './object-of.ts';
import type { Evaluate } from './path.ts';
import { pointerTo } from './pointer.ts';
import { unwrapRootDirective } from './root-directive.ts';
import { validate } from './validate.ts';

/** A compiled part: one that no event changes is kept as its frozen value, so it costs nothing per event. */
type Part = { readonly kind: 'constant'; readonly value: unknown } | { readonly kind: 'dynamic'; readonly evaluate: Evaluate };

/** Where a value stands, and who hears of what is wrong there. */
interface Place {
  /** JSON pointer. */
  readonly path: string;
  readonly keepsUndefined: boolean;
  readonly report: (problem: MappingProblem) => void;
}

/**
 * Compiles a whole mapping, its validation and its root directive included; what is wrong is reported, and the closure then
 * throws where hosted fails the event.
 * @param kind of what validation refuses here: a mapping inside of a place that it doesn't look at is only refused once reached
 */
export function compileWhole(mapping: unknown, place: Place, kind: MappingProblem['kind']): Evaluate {
  let refused: MappingError | undefined;
  const refuse = (path: string, problem: string): void => {
    const error = new MappingError(path, problem);
    refused ??= error;
    place.report({ kind, error });
  };
  const unwrapped = unwrapRootDirective(mapping, (problem) => refuse(place.path, problem));
  validate(unwrapped, place.path, refuse);
  const evaluate = toEvaluate(compileValue(unwrapped, place));
  if (refused !== undefined) return failing(refused);
  return (event) => {
    try {
      // Hosted takes nothing at all for an empty event.
      if (event === undefined) return evaluate({});
      if (isObject(event)) return evaluate(event);
    } catch (error) {
      if (error instanceof MappingError) throw error;
      throw new MappingError(place.path, cannotBeEvaluated(error));
    }
    throw new MappingError(place.path, 'can only be evaluated for an event that is an object.');
  };
}

function cannotBeEvaluated(error: unknown): string {
  return `can't be evaluated for this event (${errorName(error)}): a value is nested too deeply, too large, or can't become text.`;
}

function compileValue(value: unknown, place: Place): Part {
  if (Array.isArray(value)) return compileItems(value, place);
  if (isDirective(value)) return { kind: 'dynamic', evaluate: compileDirective(value, place) };
  if (isObject(value)) return compileMembers(value, place);
  if (value === undefined || isJsonScalar(value)) return { kind: 'constant', value };
  return { kind: 'dynamic', evaluate: siteAt(place).fails(`must be a JSON value, but it is ${describeType(value)}.`) };
}

function compileDirective(object: Readonly<Record<string, unknown>>, place: Place): Evaluate {
  const name = Object.keys(object).find(isDirectiveKey) ?? '';
  const inside = { ...place, path: pointerTo(place.path, name) };
  const site = siteAt(inside);
  return findDirective(name)?.compile(object[name], site) ?? site.fails(unknownDirective(name));
}

function siteAt(place: Place): Site {
  const { path, keepsUndefined, report } = place;
  const deeper = (inner: readonly string[]): Place => ({ ...place, path: inner.reduce(pointerTo, path) });
  return {
    keepsUndefined,
    compile: (value, ...inner) => toEvaluate(compileValue(value, deeper(inner))),
    compileKeepingUndefined: (value, ...inner) => toEvaluate(compileValue(value, { ...deeper(inner), keepsUndefined: true })),
    compileMapping: (value, ...inner) => compileWhole(value, { ...deeper(inner), keepsUndefined: false }, 'fails_when_reached'),
    error: (problem) => new MappingError(path, problem),
    fails: (problem) => {
      const error = new MappingError(path, problem);
      report({ kind: 'fails_when_reached', error });
      return failing(error);
    },
    attempt: (run) => {
      try {
        return run();
      } catch (error) {
        throw error instanceof MappingError ? error : new MappingError(path, cannotBeEvaluated(error));
      }
    },
  };
}

function compileMembers(object: Readonly<Record<string, unknown>>, place: Place): Part {
  // Assigning it would set the result's prototype and lose the member; hosted does.
  const entries = Object.entries(object).filter(([name]) => name !== '__proto__');
  const members = entries.map(([name, value]) => ({ name, part: compileValue(value, { ...place, path: pointerTo(place.path, name) }) }));
  const evaluators = members.map(({ name, part }) => ({ name, evaluate: toEvaluate(part) }));
  const evaluate = place.path === '' ? objectOf(evaluators) : anyObjectOf(evaluators, place.keepsUndefined);
  return fold(members.map(({ part }) => part), evaluate);
}

function compileItems(items: readonly unknown[], place: Place): Part {
  const parts = items.map((item, index) => compileValue(item, { ...place, path: pointerTo(place.path, String(index)) }));
  const evaluators = parts.map(toEvaluate);
  return fold(parts, (event) => evaluators.map((evaluate) => evaluate(event)));
}

/** A container of constants is a constant itself. */
function fold(parts: readonly Part[], evaluate: Evaluate): Part {
  const isConstant = parts.every((part) => part.kind === 'constant');
  return isConstant ? { kind: 'constant', value: Object.freeze(evaluate(undefined)) } : { kind: 'dynamic', evaluate };
}

function toEvaluate(part: Part): Evaluate {
  if (part.kind === 'dynamic') return part.evaluate;
  const { value } = part;
  return () => value;
}

export function failing(error: MappingError): Evaluate {
  return () => {
    throw error;
  };
}
