import { isObject } from '../../lambda/json-value.ts';
import { outputsOf } from './liquid-text.ts';
import { readTemplate } from './placeholders.ts';
import { isShared } from './shared-paths.ts';

/** An id that is nothing but a template, of either kind. */
interface IdText {
  /** What it prints, as `properties.order_id`. */
  readonly paths: readonly string[];
  /** True when a text remains although every part is missing that can be: empty text isn't sent. */
  readonly leavesText: boolean;
}

/** Tags of Liquid that print. */
const OUTPUT = /\{\{.*?\}\}/gs;

/** Only of a template that is the whole id: inside another directive, missing parts can be handled. So they can by Liquid's own tags. */
export function idTextOf(value: unknown): IdText | undefined {
  if (!isObject(value)) return undefined;
  const { '@template': template, '@liquid': liquid } = value;
  if (typeof template === 'string') {
    const { paths, rest } = readTemplate(template);
    return { paths, leavesText: rest !== '' || paths.some(isShared) };
  }
  if (typeof liquid !== 'string' || liquid.includes('{%')) return undefined;
  const outputs = outputsOf(liquid);
  const paths = outputs.flatMap(({ variables }) => variables.map((keys) => keys.join('.')));
  const isAddedTo = outputs.some(({ filters }) => filters.some(({ name }) => name === 'append' || name === 'prepend' || name === 'default'));
  return { paths, leavesText: isAddedTo || liquid.replaceAll(OUTPUT, '') !== '' || paths.some(isShared) };
}
