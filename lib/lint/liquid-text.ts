import { Liquid } from 'liquidjs';

import { LIQUID_MAX_CHARS } from '../../lambda/limits.ts';
import { LIQUID_DISABLED_FILTERS } from '../../lambda/mapping/index.ts';

/** A filter as it is written, such as `date` with the argument `"%Y"`. */
export interface LiquidFilter {
  readonly name: string;
  readonly argument: string;
}

/** What one tag prints, or keeps to be printed. */
export interface LiquidOutput {
  /** The variables it takes from the event, as keys. */
  readonly variables: readonly (readonly string[])[];
  readonly filters: readonly LiquidFilter[];
}

const ENGINE = new Liquid();
/** `{{ … }}`, `{% assign x = … %}` and `{% echo … %}`. */
const PRINTING_TAGS = /\{\{-?(.*?)-?\}\}|\{%-?\s*(?:assign\s+[\w-]+\s*=|echo\s)(.*?)-?%\}/gs;
const FILTERS = /\|\s*(\w+)\s*(?::((?:"[^"]*"|'[^']*'|[^|"'])*))?/g;

/** The filters that hosted doesn't know, and so ignores. */
export function unknownFilters(text: string): readonly string[] {
  return filtersOf(text).filter((name) => !Object.hasOwn(ENGINE.filters, name) && !isDisabled(name));
}

/** The filters that hosted has switched off: they fail the event. */
export function disabledFilters(text: string): readonly string[] {
  return filtersOf(text).filter(isDisabled);
}

/** The filters that can be used. */
export function usableFilters(): readonly string[] {
  return Object.keys(ENGINE.filters).filter((name) => !isDisabled(name));
}

/** The event's variables a template reads, each as keys; undefined when that can't be told. */
export function variablesOf(text: string): readonly (readonly string[])[] | undefined {
  if (text.length > LIQUID_MAX_CHARS) return undefined;
  try {
    return ENGINE.globalVariableSegmentsSync(text).map((segments) => segments.map(String));
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** What a template prints: of its conditions only what they lead to. */
export function outputsOf(text: string): readonly LiquidOutput[] {
  const known = new Set(variablesOf(text)?.map((keys) => keys.join('.')));
  return [...text.slice(0, LIQUID_MAX_CHARS).matchAll(PRINTING_TAGS)].map(([, printed, kept]) => {
    const expression = printed ?? kept ?? '';
    const variables = variablesOf(`{{${expression}}}`) ?? [];
    return { variables: variables.filter((keys) => known.has(keys.join('.'))), filters: filtersIn(expression) };
  });
}

/** True for a template that prints the current time: the filter date reads these words as now. */
export function dependsOnTheClock(text: string): boolean {
  return /(?:\{\{-?|[^=!<>]=|default:)\s*(["'])(?:now|today)\1/.test(text) && text.includes('date');
}

/** True for a template that prints something else each time, although the event is the same. */
export function differsEachTime(text: string): boolean {
  return dependsOnTheClock(text) || /\|\s*sample\b/.test(text);
}

/** The filters of what stands between the braces, in order. */
export function filtersIn(expression: string): readonly LiquidFilter[] {
  return [...expression.matchAll(FILTERS)].map(([, name = '', argument = '']) => ({ name, argument: argument.trim() }));
}

/** Every filter a template names: with none known, the parser stumbles over one after the other. */
function filtersOf(text: string): readonly string[] {
  const engine = new Liquid({ strictFilters: true });
  for (const name of Object.keys(engine.filters)) Reflect.deleteProperty(engine.filters, name);
  const found: string[] = [];
  while (text.length <= LIQUID_MAX_CHARS) {
    const name = missingFilter(engine, text);
    if (name === undefined || found.includes(name)) break;
    found.push(name);
    engine.registerFilter(name, (value: unknown) => value);
  }
  return found;
}

function missingFilter(engine: Liquid, text: string): string | undefined {
  try {
    engine.parse(text);
    return undefined;
  } catch (error) {
    // What can't be parsed at all is another rule's finding.
    return error instanceof Error ? /undefined filter: (\w+)/.exec(error.message)?.[1] : undefined;
  }
}

function isDisabled(filter: string): boolean {
  return LIQUID_DISABLED_FILTERS.includes(filter);
}
