import { cannotEvaluate, compileDirective, isDirectiveKey } from './directives.ts';
import { describeType, isObject } from '../json-value.ts';
import { MappingError } from './mapping-error.ts';
import { objectOf } from './object-of.ts';
import type { Evaluate } from './path.ts';

/** Hosted mappings keep a directive for the whole mapping under this key. */
const ROOT_DIRECTIVE_KEY = '__segment_internal_directive';

/** A compiled part: one that no event changes is kept as its frozen value, so it costs nothing per event. */
type Part = { readonly kind: 'constant'; readonly value: unknown } | { readonly kind: 'dynamic'; readonly evaluate: Evaluate };

/** Where a value stands. Hosted validation never looks inside arrays, so other rules hold there. */
interface Place {
  readonly path: string;
  readonly inArray: boolean;
}

/**
 * Compiles a mapping of Segment's hosted "Metronome (Actions)" destination into a closure from event to mapped value.
 * The closure is pure and never changes the event or the mapping; it copies no event values, so a mapped object is shared
 * with the event, and constant parts are frozen. Undefined members are removed at every depth; an undefined array item stays.
 *
 * Throws MappingError, with the place in the mapping, for what hosted refuses: several `@` keys in one object, other keys
 * beside one, unknown directives, wrong arguments. Inside arrays hosted finds an unknown directive or a wrong argument only
 * when an event reaches it; here that too is refused at once. There, as hosted does, an object with `@` keys beside others
 * is copied as plain data, and of several `@` keys the first counts. Also refused, because hosted loses it: `__proto__`.
 * Directives this version can't evaluate are refused as such.
 *
 * The closure throws MappingError when a directive gives a path that isn't text. Anything may be passed as an event: of
 * what isn't an object hosted throws, here the paths simply find nothing.
 */
export function compileMapping(mapping: unknown): Evaluate {
  if (isObject(mapping) && Object.hasOwn(mapping, ROOT_DIRECTIVE_KEY)) throw new MappingError('', cannotEvaluate(ROOT_DIRECTIVE_KEY));
  return toEvaluate(compileValue(mapping, { path: '', inArray: false }));
}

function compileValue(value: unknown, place: Place): Part {
  if (Array.isArray(value)) return compileItems(value, place);
  if (isObject(value)) return compileObject(value, place);
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return { kind: 'constant', value };
  throw new MappingError(place.path, `must be a JSON value, but it is ${describeType(value)}.`);
}

function compileObject(object: Readonly<Record<string, unknown>>, place: Place): Part {
  const keys = Object.keys(object);
  const [directive, ...otherDirectives] = keys.filter(isDirectiveKey);
  if (directive === undefined) return compileMembers(object, place);
  const others = keys.filter((key) => !isDirectiveKey(key) && key !== '_metadata');
  if (place.inArray && others.length > 0) return compileMembers(object, place);
  if (!place.inArray && otherDirectives.length + others.length > 0) {
    const extra = [...otherDirectives, ...others].join(', ');
    throw new MappingError(place.path, `has ${directive} beside ${extra}: a directive stands alone in its object. Move one of them out.`);
  }
  const site = inside(place, directive);
  const compile = (argument: unknown, ...inner: readonly string[]) => toEvaluate(compileValue(argument, inner.reduce(inside, site)));
  return { kind: 'dynamic', evaluate: compileDirective(directive, object[directive], { path: site.path, compile }) };
}

function compileMembers(object: Readonly<Record<string, unknown>>, place: Place): Part {
  // Assigning it would set the result's prototype and lose the member; hosted does.
  if (Object.hasOwn(object, '__proto__')) throw new MappingError(place.path, 'has a member named __proto__, which can\'t be sent. Rename it.');
  const members = Object.entries(object).map(([name, value]) => ({ name, part: compileValue(value, inside(place, name)) }));
  const evaluate = objectOf(members.map(({ name, part }) => ({ name, evaluate: toEvaluate(part) })));
  return fold(members.map(({ part }) => part), evaluate);
}

function compileItems(items: readonly unknown[], place: Place): Part {
  const parts = items.map((item, index) => compileValue(item, { ...inside(place, String(index)), inArray: true }));
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

function inside(place: Place, key: string): Place {
  return { path: `${place.path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, inArray: place.inArray };
}
