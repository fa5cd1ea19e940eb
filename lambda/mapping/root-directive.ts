import { isObject } from '../json-value.ts';

/** Hosted mappings keep a directive for the whole mapping under this key. */
export const ROOT_DIRECTIVE_KEY = '__segment_internal_directive';

/**
 * The mapping that is evaluated: with a root directive it is that directive, and all other members become its `mapping`.
 * Otherwise the mapping itself.
 * @param refuse told what hosted refuses; the rest of a sentence about the root
 */
export function unwrapRootDirective(mapping: unknown, refuse: (problem: string) => void): unknown {
  if (!isObject(mapping) || !Object.hasOwn(mapping, ROOT_DIRECTIVE_KEY)) return mapping;
  const { [ROOT_DIRECTIVE_KEY]: root, ...members } = mapping;
  const [directive, ...others] = Object.entries(Object(root));
  if (directive === undefined || others.length > 0) {
    refuse(`has a ${ROOT_DIRECTIVE_KEY} that must hold exactly one directive.`);
    return {};
  }
  const [name, argument] = directive;
  // An array takes the members as well, and no directive reads them there.
  if (Array.isArray(argument)) return { [name]: argument };
  if (isObject(argument)) return { [name]: { ...argument, mapping: members } };
  refuse(`has a ${ROOT_DIRECTIVE_KEY} whose ${name} must hold an object.`);
  return {};
}
