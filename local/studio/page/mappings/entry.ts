import { isJson } from '../json/scan.ts';

/** What a list shows of one mapping; of one that is no JSON just now, only that. */
export interface Entry {
  readonly isReadable: boolean;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly trigger: string;
  readonly fields: readonly { readonly field: string; readonly source: string }[];
  readonly acknowledged: readonly string[];
}

export const FIVE_FIELDS = ['transaction_id', 'customer_id', 'timestamp', 'event_type', 'properties'] as const;

const UNREADABLE: Entry = { isReadable: false, name: '', isEnabled: true, trigger: '', fields: [], acknowledged: [] };

/** Reads a mapping as far as it is one: what is missing or of a wrong kind is the linter's to name. */
export function readEntry(text: string): Entry {
  if (!isJson(text)) return UNREADABLE;
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) return UNREADABLE;
  const { name, enabled, trigger, mapping, acknowledge } = value;
  return {
    isReadable: true,
    name: typeof name === 'string' ? name : '',
    isEnabled: enabled !== false,
    trigger: typeof trigger === 'string' ? trigger : '',
    fields: fieldsOf(isRecord(mapping) ? mapping : {}),
    acknowledged: Array.isArray(acknowledge) ? acknowledge.filter((rule) => typeof rule === 'string') : [],
  };
}

/** A mapping to begin with: the default of the hosted destination, under a name that is still free. */
export function newEntry(names: readonly string[]): string {
  const paths = { transaction_id: '$.messageId', customer_id: '$.context.groupId', timestamp: '$.timestamp', event_type: '$.event', properties: '$.properties' };
  const mapping = Object.entries(paths).map(([field, path]) => `    ${JSON.stringify(field)}: { "@path": ${JSON.stringify(path)} }`);
  const lines = [`  "name": ${JSON.stringify(freeName('New mapping', names))},`, '  "enabled": false,', '  "trigger": "type = \\"track\\"",'];
  return ['{', ...lines, '  "mapping": {', mapping.join(',\n'), '  }', '}'].join('\n');
}

/** `X`, else `X 2`, `X 3` and so on: names are unique in a file. */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  let number = 2;
  while (taken.includes(`${wanted} ${number}`)) number += 1;
  return `${wanted} ${number}`;
}

function fieldsOf(mapping: Readonly<Record<string, unknown>>): Entry['fields'] {
  return FIVE_FIELDS.map((field) => ({ field, source: sourceText(mapping[field]) }));
}

/** A path or template as it is written, else the JSON of it. */
function sourceText(value: unknown): string {
  if (value === undefined) return '';
  if (isRecord(value)) {
    const [only, ...others] = Object.entries(value);
    if (only !== undefined && others.length === 0 && typeof only[1] === 'string' && ['@path', '@template', '@liquid'].includes(only[0])) return only[1];
  }
  return JSON.stringify(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
