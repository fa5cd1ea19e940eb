import { isContainer } from '../../lambda/json-value.ts';
import { pointerTo } from '../../lambda/mapping/pointer.ts';
import { sourcesOf } from './sources.ts';

/**
 * Where in the event the value at fault stands, or the nearest there is to where it is missing: a JSON pointer. Undefined if
 * the field isn't made of the event.
 * @param mapping the entry's own, as in the file
 */
export function faultPath(mapping: Readonly<Record<string, unknown>> | undefined, field: string | undefined, event: unknown): string | undefined {
  if (mapping === undefined || field === undefined) return undefined;
  const [first] = sourcesOf(mapping, field);
  return first === undefined ? undefined : nearestPointer(event, first);
}

function nearestPointer(event: unknown, keys: readonly string[]): string {
  let [value, pointer] = [event, ''];
  for (const key of keys) {
    if (!isContainer(value) || !Object.hasOwn(value, key)) return pointer;
    [value, pointer] = [value[key], pointerTo(pointer, key)];
  }
  return pointer;
}
