import { membersAt } from '../json/members.ts';
import { isJson, scanJson } from '../json/scan.ts';

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
  const { name, enabled, trigger, acknowledge } = value;
  return {
    isReadable: true,
    name: typeof name === 'string' ? name : '',
    isEnabled: enabled !== false,
    trigger: typeof trigger === 'string' ? trigger : '',
    fields: fieldsOf(text),
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

/** @param text of the whole entry */
function fieldsOf(text: string): Entry['fields'] {
  const mapping = membersAt(text).find(({ key }) => key === 'mapping');
  const written = mapping === undefined ? [] : membersAt(text, mapping.valueFrom);
  return FIVE_FIELDS.map((name) => {
    const field = written.find(({ key }) => key === name);
    return { field: name, source: field === undefined ? '' : sourceText(text.slice(field.valueFrom, field.to)) };
  });
}

/** A path or template as it is written, else its JSON without blanks: read and written anew, numbers would lose digits. */
function sourceText(json: string): string {
  const value: unknown = JSON.parse(json);
  if (isRecord(value)) {
    const [only, ...others] = Object.entries(value);
    if (only !== undefined && others.length === 0 && typeof only[1] === 'string' && ['@path', '@template', '@liquid'].includes(only[0])) return only[1];
  }
  return [...scanJson(json)].map((piece) => piece.text).join('');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
