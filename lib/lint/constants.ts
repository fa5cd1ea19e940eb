import { isContainer } from '../../lambda/json-value.ts';
import { compileMapping, MappingError, toUsageEvent, UsageEventError } from '../../lambda/mapping/index.ts';
import { differsEachTime, variablesOf } from './liquid-text.ts';
import { mappingParts } from './mapping-parts.ts';
import { readTemplate } from './placeholders.ts';

/** A usage event that can be sent, to try a constant in. */
const SENDABLE = { transaction_id: 'id', customer_id: 'customer', timestamp: '2026-01-02T03:04:05.678Z', event_type: 'type', properties: {} };

/** Directives that look at the event, whatever they are given. */
const READERS: ReadonlySet<string> = new Set(['@path', '@arrayPath']);

/** The value a part of a mapping has for every event, or undefined when events can change it. */
export function constantOf(value: unknown): { readonly value: unknown } | undefined {
  if (mappingParts(value).some((part) => part.kind === 'directive' && readsEvent(part.name, part.argument))) return undefined;
  if (!isContainer(value)) return { value };
  try {
    return { value: compileMapping(value)({}) };
  } catch (error) {
    // A broken directive is another rule's finding.
    if (error instanceof MappingError) return undefined;
    throw error;
  }
}

/** Why no usage event can be sent with this value for the field; undefined when one can. */
export function refusalOf(field: string, value: unknown): string | undefined {
  try {
    toUsageEvent({ ...SENDABLE, [field]: value });
    return undefined;
  } catch (error) {
    if (error instanceof UsageEventError) return error.message;
    throw error;
  }
}

/** What a mapped timestamp is read as, `YYYY-MM-DDTHH:mm:ss.sssZ`; undefined when it is no date. */
export function timestampRead(mapped: string): string | undefined {
  try {
    return toUsageEvent({ ...SENDABLE, timestamp: mapped }).timestamp;
  } catch (error) {
    if (error instanceof UsageEventError) return undefined;
    throw error;
  }
}

function readsEvent(name: string, argument: unknown): boolean {
  if (READERS.has(name)) return true;
  if (typeof argument !== 'string') return false;
  if (name === '@template') return readTemplate(argument).paths.length > 0;
  return name === '@liquid' && (variablesOf(argument)?.length !== 0 || differsEachTime(argument));
}
