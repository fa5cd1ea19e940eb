import { isContainer } from '../../lambda/json-value.ts';

/** Keys inside a mapping as people read them: `mapping.properties.items[0].@path`. */
export function placeOf(mapping: unknown, keys: readonly string[]): string {
  let value: unknown = mapping;
  let text = 'mapping';
  for (const key of keys) {
    text += stepText(key, Array.isArray(value));
    value = isContainer(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return text;
}

/** The keys of a JSON pointer (RFC 6901). */
export function pointerKeys(pointer: string): readonly string[] {
  return pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function stepText(key: string, inArray: boolean): string {
  if (inArray) return `[${key}]`;
  return /^[\w@-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
