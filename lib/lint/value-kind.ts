import { isObject } from '../../lambda/json-value.ts';
import { isDirectiveKey } from '../../lambda/mapping/argument.ts';
import { splitPath } from '../../lambda/mapping/path.ts';
import { TEXT_FIELDS, TIME_PATHS } from './segment-fields.ts';
import { isWholeObject } from './shared-paths.ts';

/** Objects that Segment's libraries put into the context. */
const CONTEXT_OBJECT = /^context\.(?:active|app|campaign|device|library|location|network|os|page|referrer|screen)$/;

/** What a value of a mapping always is, if it is there at all; undefined when that depends on the event. */
export function kindOf(value: unknown): 'text' | 'object' | undefined {
  if (!isObject(value)) return undefined;
  const directive = Object.keys(value).find(isDirectiveKey);
  if (directive === undefined) return 'object';
  const argument = value[directive];
  if (directive === '@path') return typeof argument === 'string' ? kindAt(splitPath(argument).join('.')) : undefined;
  if (directive === '@template' || directive === '@liquid') return typeof argument === 'string' ? 'text' : undefined;
  if (directive === '@merge' || directive === '@flatten') return 'object';
  if (directive === '@case') return isObject(argument) ? kindOf(argument['value']) : undefined;
  if (directive === '@json') return isObject(argument) && argument['mode'] === 'encode' ? 'text' : undefined;
  return undefined;
}

/** True for a field of the event that is text and no time. */
export function isTimelessField(value: unknown): boolean {
  const path = isObject(value) ? value['@path'] : undefined;
  const [field = '', ...more] = typeof path === 'string' ? splitPath(path) : [];
  return more.length === 0 && TEXT_FIELDS.includes(field) && !TIME_PATHS.includes(field);
}

function kindAt(path: string): 'text' | 'object' | undefined {
  if (path === '' || isWholeObject(path) || CONTEXT_OBJECT.test(path)) return 'object';
  return TEXT_FIELDS.includes(path) ? 'text' : undefined;
}
