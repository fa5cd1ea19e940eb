import type { CompiledMapping } from '../../lambda/mapping/index.ts';

/** Those that mappings take the least come first. */
const KINDS = [{ type: 'alias' }, { type: 'group' }, { type: 'identify' }, { type: 'screen' }, { type: 'page' }, { type: 'track', event: 'Bridge doctor' }] as const;

/** A Segment event that nobody bills. */
export type ProbeEvent = Readonly<Record<string, unknown>>;

/**
 * An event that none of these mappings takes: it is filtered. Undefined if they take every type.
 * @param now epoch milliseconds
 */
export function probeEvent(mappings: readonly CompiledMapping[], now: number, newId: () => string): ProbeEvent | undefined {
  const common = { messageId: `bridge-doctor-${newId()}`, timestamp: new Date(now).toISOString(), context: { library: { name: 'bridge doctor', version: '1' } } };
  const kind = KINDS.find((one) => !mappings.some((mapping) => takes(mapping, { ...one, ...common })));
  return kind === undefined ? undefined : { ...kind, ...common };
}

/** A trigger that can't be evaluated sets the event aside, so it takes it, too. */
function takes({ matches }: CompiledMapping, event: ProbeEvent): boolean {
  try {
    return matches(event);
  } catch {
    return true;
  }
}
