import type { Token } from '@segment/fql-ts';

import { isContainer, isObject } from '../../lambda/json-value.ts';
import { looksLikeDirective } from '../../lambda/mapping/argument.ts';
import { compileTrigger, inspectMapping, MappingError, TriggerError } from '../../lambda/mapping/index.ts';
import type { MappingProblem } from '../../lambda/mapping/index.ts';
import type { MappingDefinition } from '../mappings-schema.ts';
import { mappingParts, ROOT_DIRECTIVE_KEY } from './mapping-parts.ts';
import type { MappingPart } from './mapping-parts.ts';
import { alternativesOf } from './trigger-alternatives.ts';
import type { Conjunction } from './trigger-alternatives.ts';
import { allParts, triggerParts, triggerTokens } from './trigger-reading.ts';
import type { TriggerPart } from './trigger-reading.ts';

/** A trigger as the rules look at it. */
export interface ReadTrigger {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Why it can't be read, in the lexer's words when it has some; undefined when it can. Then only its tokens are to be looked at. */
  readonly problem: string | undefined;
  /** As hosted reads it: a group ends at the first `)`. */
  readonly hosted: readonly TriggerPart[];
  /** With the parentheses as they are written. */
  readonly written: readonly TriggerPart[];
  /** The ways it can match; undefined when that can't be told. */
  readonly alternatives: readonly Conjunction[] | undefined;
}

/** An enabled mapping, read once for all rules. */
export interface Subject {
  readonly index: number;
  readonly definition: MappingDefinition;
  readonly trigger: ReadTrigger;
  readonly problems: readonly MappingProblem[];
  readonly parts: readonly MappingPart[];
  /** The usage event's fields; undefined when one directive makes the whole of it. */
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

/** Levels a mapping may have. No mapping people write comes near, and walking deeper could overflow the stack. */
const MAX_DEPTH = 200;
const TOO_DEEP: MappingProblem = { kind: 'refused', error: new MappingError('', `has more than ${MAX_DEPTH} levels of nesting.`) };

/** Reads an enabled mapping; `index` is its place in the file. One that is nested too deeply is only found to be so. */
export function readSubject(written: MappingDefinition, index: number): Subject {
  const isTooDeep = exceedsDepth(written.mapping, MAX_DEPTH);
  const definition = isTooDeep ? { ...written, mapping: {} } : written;
  const { mapping } = definition;
  const problems = isTooDeep ? [TOO_DEEP] : inspectMapping(mapping);
  return { index, definition, trigger: readTrigger(written.trigger), problems, parts: mappingParts(mapping), fields: isTooDeep ? undefined : fieldsOf(mapping) };
}

function exceedsDepth(value: unknown, levels: number): boolean {
  if (!isContainer(value)) return false;
  return levels === 0 || Object.values(value).some((member) => exceedsDepth(member, levels - 1));
}

/** Every part of a trigger as hosted reads it, those inside groups too. */
export function hostedParts({ trigger }: Subject): readonly TriggerPart[] {
  return allParts(trigger.hosted);
}

function readTrigger(text: string): ReadTrigger {
  const { tokens, problem } = triggerTokens(text);
  const isReadable = canCompile(text);
  if (!isReadable) return { text, tokens, problem: problem ?? 'no condition in it can be read', hosted: [], written: [], alternatives: undefined };
  const alternatives = alternativesOf(text);
  return { text, tokens, problem: undefined, hosted: triggerParts(tokens, 'first'), written: triggerParts(tokens, 'matching'), alternatives };
}

function canCompile(trigger: string): boolean {
  try {
    compileTrigger(trigger);
    return true;
  } catch (error) {
    if (error instanceof TriggerError) return false;
    throw error;
  }
}

function fieldsOf(mapping: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isObject(mapping) || Object.hasOwn(mapping, ROOT_DIRECTIVE_KEY)) return undefined;
  return looksLikeDirective(mapping) ? undefined : mapping;
}
