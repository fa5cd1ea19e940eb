import { dirname, join, relative, sep } from 'node:path';

import type { ImportedMapping } from './subscription.ts';

const SCHEMA_FILE = 'mappings.schema.json';

/** An object of one plain member, over three lines: nearly all directives. A text holds no line feed, so nothing inside of texts is like this. */
const LONELY_MEMBER = /\{\n\s+("(?:[^"\\]|\\.)*": (?:"(?:[^"\\]|\\.)*"|[\w.+-]+))\n\s+\}/g;

/**
 * The text of a mappings file, in lines for people: a directive such as `{ "@path": "$.event" }` on one.
 * @param target where it will lie
 */
export function mappingsFileText(mappings: readonly ImportedMapping[], target: string, projectFolder: string): string {
  return `${JSON.stringify({ $schema: schemaReference(target, projectFolder), mappings }, undefined, 2).replaceAll(LONELY_MEMBER, '{ $1 }')}\n`;
}

/** The schema's place as seen from the file, for editors. */
function schemaReference(target: string, projectFolder: string): string {
  const path = relative(dirname(target), join(projectFolder, SCHEMA_FILE)).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}
