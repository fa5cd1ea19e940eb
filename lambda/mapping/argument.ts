import { describeType, isObject } from '../json-value.ts';

/** Looks at a directive's argument, or at a part of it, before any event comes. */
export type Check = (value: unknown, at: CheckSite) => void;

/** Where a check looks, and whom it tells. */
export interface CheckSite {
  /** Says what hosted's validation refuses here. `problem` is the rest of a sentence about the place. */
  refuse(problem: string): void;
  /** Goes one member deeper. */
  inside(key: string): CheckSite;
  /** Checks a value as any part of a mapping. */
  validate(value: unknown): void;
}

/** True for an object with a key that starts with `@`: hosted's validation takes it for a directive. */
export function looksLikeDirective(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && Object.keys(value).some(isDirectiveKey);
}

/** True for an object that is evaluated as a directive: `@` keys, beside them at most `_metadata`, which Segment's editor writes. */
export function isDirective(value: unknown): value is Readonly<Record<string, unknown>> {
  return looksLikeDirective(value) && Object.keys(value).every((key) => isDirectiveKey(key) || key === '_metadata');
}

/** True for a key that starts with `@`, the empty name included. */
export function isDirectiveKey(key: string): boolean {
  return key.startsWith('@');
}

/** A directive, or any JSON value, into which hosted's validation doesn't look. */
export const directiveOrRaw: Check = (value, at) => {
  if (looksLikeDirective(value)) at.validate(value);
};

export const directiveOrText: Check = (value, at) => {
  if (looksLikeDirective(value)) at.validate(value);
  else if (typeof value !== 'string') at.refuse(`must be text or a directive that gives text, but it is ${describeType(value)}.`);
};

export const directiveOrObject: Check = (value, at) => {
  if (isObject(value)) at.validate(value);
  else at.refuse(`must be an object or a directive, but it is ${describeType(value)}.`);
};

export const plainText: Check = (value, at) => {
  if (typeof value !== 'string') at.refuse(`must be plain text, but it is ${looksLikeDirective(value) ? 'a directive' : describeType(value)}.`);
};

/** @param min fewest UTF-16 units @param max most */
export function textOfLength(min: number, max: number): Check {
  return (value, at) => {
    plainText(value, at);
    if (typeof value === 'string' && (value.length < min || value.length > max)) at.refuse(`must have ${min} to ${max} characters, but it has ${value.length}.`);
  };
}

export const trueOrFalse: Check = (value, at) => {
  if (typeof value !== 'boolean') at.refuse(`must be true or false, but it is ${describeType(value)}.`);
};

/** One of the words, in any letter case. */
export function oneOf(...words: readonly string[]): Check {
  return (value, at) => {
    plainText(value, at);
    if (typeof value === 'string' && !words.includes(value.toLowerCase())) at.refuse(`must be ${words.map((word) => `"${word}"`).join(' or ')}.`);
  };
}

export const list: Check = (value, at) => {
  if (!Array.isArray(value)) at.refuse(`must be an array, but it is ${describeType(value)}.`);
};

interface Member {
  readonly required: boolean;
  readonly check: Check;
}

export function required(check: Check): Member {
  return { required: true, check };
}

export function optional(check: Check): Member {
  return { required: false, check };
}

/** An object that is no directive. Members that aren't named here are still checked as parts of a mapping, and else ignored. */
export function objectWith(members: Readonly<Record<string, Member>>): Check {
  return (value, at) => {
    if (!isObject(value)) return at.refuse(`must be an object, but it is ${describeType(value)}.`);
    if (looksLikeDirective(value)) return at.refuse('must be an object of its own members, but it is a directive.');
    at.validate(value);
    for (const [name, { required: isRequired, check }] of Object.entries(members)) {
      // All members were validated above; twice at each depth would double the work at each.
      if (value[name] !== undefined) check(value[name], { ...at.inside(name), validate: alreadyValidated });
      else if (isRequired) at.refuse(`needs a member "${name}".`);
    }
  };
}

function alreadyValidated(): void {}
