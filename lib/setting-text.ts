import { z } from 'zod';

const NUMBER_TEXT = /^-?\d+(?:\.\d+)?$/;
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/**
 * The value a text stands for, by the type its schema expects: lists are separated by commas, and an empty text unsets
 * what is optional. Text that doesn't fit is handed on as it is, for the schema to refuse.
 */
export function readSettingText(schema: z.ZodType, text: string): unknown {
  if (schema instanceof z.ZodOptional) return text === '' ? undefined : readSettingText(innerOf(schema), text);
  if (schema instanceof z.ZodNumber) return NUMBER_TEXT.test(text.trim()) ? Number(text) : text;
  if (schema instanceof z.ZodBoolean) return BOOLEANS.get(text.trim()) ?? text;
  if (schema instanceof z.ZodArray) return text.split(',').map((item) => readSettingText(innerOf(schema), item));
  return text;
}

function innerOf(schema: z.ZodOptional | z.ZodArray): z.ZodType {
  const inner = schema.unwrap();
  if (inner instanceof z.ZodType) return inner;
  throw new TypeError('a setting is described by a schema of zod, not of zod core');
}
