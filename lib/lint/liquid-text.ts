import { Liquid } from 'liquidjs';

import { compileMapping, MappingError } from '../../lambda/mapping/index.ts';

/** Hosted refuses longer ones. */
const MAX_CHARS = 1000;
const KNOWN_FILTERS: ReadonlySet<string> = new Set(Object.keys(new Liquid().filters));

/** The filters that hosted doesn't know, and so ignores. */
export function unknownFilters(text: string): readonly string[] {
  return filtersOf(text).filter((name) => !KNOWN_FILTERS.has(name) && !isDisabled(name));
}

/** The filters that hosted has switched off: they fail the event. */
export function disabledFilters(text: string): readonly string[] {
  return filtersOf(text).filter(isDisabled);
}

/** The variables a template reads, such as `properties.line`; undefined when that can't be told. */
export function variablesOf(text: string): readonly string[] | undefined {
  if (text.length > MAX_CHARS) return undefined;
  try {
    return new Liquid().globalFullVariablesSync(text);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** True for a template that prints the current time: the filter date reads these words as now. */
export function dependsOnTheClock(text: string): boolean {
  return /(["'])(?:now|today)\1/.test(text) && text.includes('date');
}

/** Every filter a template names: with none known, the parser stumbles over one after the other. */
function filtersOf(text: string): readonly string[] {
  const engine = new Liquid({ strictFilters: true });
  for (const name of KNOWN_FILTERS) Reflect.deleteProperty(engine.filters, name);
  const found: string[] = [];
  while (text.length <= MAX_CHARS) {
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

/** Tried on a text, and with arguments, that every filter can work with which isn't switched off. */
function isDisabled(filter: string): boolean {
  try {
    compileMapping({ '@liquid': `{{ "YWJj" | ${filter}: "a", "b" }}` })({});
    return false;
  } catch (error) {
    if (error instanceof MappingError) return true;
    throw error;
  }
}
