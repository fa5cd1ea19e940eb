import { eachText } from '../each-text.ts';
import { disabledFilters, unknownFilters, usableFilters } from '../liquid-text.ts';
import { nearName } from '../near-name.ts';
import type { Rule } from '../rule.ts';

/** What most templates need, when no name is near. */
const COMMON_FILTERS = ['downcase', 'upcase', 'strip', 'replace', 'append', 'default', 'date', 'split', 'join'];

/** Rules on the filters of @liquid. */
export const LIQUID_RULES = [
  {
    id: 'liquid-unknown-filter',
    severity: 'error',
    canAcknowledge: true,
    title: 'A `@liquid` template uses a filter that doesn\'t exist.',
    why: 'Unknown filters are ignored without a word: the value goes out unchanged.',
    bad: [{ mapping: { event_type: { '@liquid': '{{ event | lowercase }}' } } }],
    good: [{ mapping: { event_type: { '@liquid': '{{ event | downcase }}' } } }],
    check: eachText('@liquid', (text) => unknownFilters(text).map((filter) => [`The filter ${filter} doesn't exist and is ignored.`, filterHint(filter)])),
  },
  {
    id: 'liquid-disabled-filter',
    severity: 'error',
    canAcknowledge: true,
    title: 'A `@liquid` template uses a filter that is switched off.',
    why: 'It passes every check, and fails each event that reaches it.',
    bad: [{ mapping: { properties: { tags: { '@liquid': '{{ properties.tags | sort | join: "," }}' } } } }],
    good: [{ mapping: { properties: { tags: { '@liquid': '{{ properties.tags | join: "," }}' } } } }],
    check: eachText('@liquid', (text) => disabledFilters(text).map((filter) => [`The filter ${filter} is switched off: each event that reaches it fails.`, 'Remove it; lists can be read with @arrayPath and joined with the filter join.'])),
  },
] as const satisfies readonly Rule[];

function filterHint(filter: string): string {
  const usable = usableFilters();
  const near = nearName(filter, usable, Math.max(2, Math.floor(filter.length / 3)));
  return near === undefined ? `Known are ${COMMON_FILTERS.filter((name) => usable.includes(name)).join(', ')} and others of liquidjs.` : `Did you mean ${near}?`;
}
