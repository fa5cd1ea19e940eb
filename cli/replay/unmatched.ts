import { count, visible } from '../text.ts';
import type { RootFilter } from './filter.ts';
import type { OpenRoot } from './open-roots.ts';

/** The events that a filter chooses from, and what it could have named. */
export interface Everything {
  readonly events: number;
  readonly reasons: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
  /** That failed. */
  readonly mappings: ReadonlySet<string>;
  /** From the first fate to the last, ISO; undefined if there is none. */
  readonly times: readonly [string, string] | undefined;
}

/** Names shown of each kind, at most. */
const SHOWN = 10;
/** An option of the command line by the filter's member. */
const OPTIONS = [['reason', 'reasons'], ['field', 'fields'], ['mapping', 'mappings']] as const;

export function everything(open: Iterable<OpenRoot>): Everything {
  const [reasons, fields, mappings] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let events = 0;
  let times: [string, string] | undefined;
  for (const { line } of open) {
    events += 1;
    const failed = line.usage.filter(({ verdict }) => verdict !== 'delivered');
    for (const { reason, field } of [line, ...failed]) {
      if (reason !== undefined) reasons.add(reason);
      if (field !== undefined) fields.add(field);
    }
    for (const { mapping } of failed) mappings.add(mapping);
    const [first, last] = times ?? [line.at, line.at];
    times = [line.at < first ? line.at : first, line.at > last ? line.at : last];
  }
  return { events, reasons, fields, mappings, times };
}

/**
 * That a filter chooses nothing of what there is, and what it could have; undefined if there is nothing anyway.
 * @param what the events are called: `open`
 */
export function unmatchedText(all: Everything, filter: RootFilter, what: string): string | undefined {
  if (all.events === 0) return undefined;
  const named = OPTIONS.flatMap(([option, names]) => (filter[option] === undefined ? [] : [`--${option} ${visible(filter[option])} (${names} there: ${namesText(all[names])})`]));
  const customer = filter.customer === undefined ? [] : [`--customer ${visible(filter.customer)}`];
  const isTimed = filter.from !== undefined || filter.to !== undefined;
  const times = isTimed && all.times !== undefined ? [`the times asked for (their fates are of ${all.times[0].slice(0, 16)}Z to ${all.times[1].slice(0, 16)}Z)`] : [];
  const asked = [...named, ...customer, ...times];
  return asked.length === 0 ? undefined : `None of the ${count(all.events, `${what} event`)} matches ${asked.join(' and ')}.`;
}

function namesText(names: ReadonlySet<string>): string {
  const shown = [...names].slice(0, SHOWN).map(visible).join(', ') || 'none';
  return names.size > SHOWN ? `${shown} and ${names.size - SHOWN} more` : shown;
}
