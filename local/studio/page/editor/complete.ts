import { snippet } from '@codemirror/autocomplete';
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';

import { DIRECTIVES } from '../mappings/directives.ts';
import { FIVE_FIELDS } from '../mappings/entry.ts';
import { ownerOf, propertyOf } from './where.ts';
import type { Node } from './where.ts';

const ENTRY_KEYS = ['name', 'enabled', 'trigger', 'mapping', 'acknowledge', 'numbersAs'] as const;
const TRIGGER_WORDS = ['type', 'event', 'name', 'userId', 'and', 'or', 'contains(', 'match('] as const;
/** Paths that triggers can test. */
const TRIGGER_PATH = /^(?:properties|traits|context)\./u;

/**
 * Offers what fits where the cursor is: directives and fields as keys; paths of recent events in paths, templates and triggers.
 * @param paths such as `$.properties.pages`, the most frequent first
 */
export function completeMapping(paths: () => readonly string[]): CompletionSource {
  return (context) => {
    const node = syntaxTree(context.state).resolveInner(context.pos, -1);
    if (node.name === 'PropertyName') return keysFor(context, node);
    if (node.name === 'String') return textFor(context, node, paths());
    return null;
  };
}

function keysFor(context: CompletionContext, node: Node): CompletionResult {
  const owner = ownerOf(context.state, node);
  const hasValue = node.nextSibling !== null && !node.nextSibling.type.isError;
  return { from: node.from + 1, to: inner(node, context), options: optionsFor(owner, hasValue), validFor: /^[@\w]*$/u };
}

function optionsFor(owner: string | undefined, hasValue: boolean): readonly Completion[] {
  if (owner === undefined || owner === 'mappings') return ENTRY_KEYS.map((key) => ({ label: key, type: 'keyword' }));
  if (owner === 'mapping') return FIVE_FIELDS.map((field) => ({ label: field, type: 'property', apply: hasValue ? field : keyAndValue(field, '{ "@path": "$.#{}" }') }));
  return DIRECTIVES.map(({ name, help, value }) => ({ label: name, detail: help, type: 'function', apply: hasValue ? name : keyAndValue(name, value) }));
}

/** Writes the key's end and the value behind it; the quote that closes the key may be there already. */
function keyAndValue(key: string, value: string): NonNullable<Completion['apply']> {
  return (view, completion, from, to) => {
    const isQuoted = view.state.sliceDoc(to, to + 1) === '"';
    snippet(`${key}": ${value}`)(view, completion, from, isQuoted ? to + 1 : to);
  };
}

function textFor(context: CompletionContext, node: Node, paths: readonly string[]): CompletionResult | null {
  const property = propertyOf(context.state, node);
  const written = context.state.sliceDoc(node.from + 1, context.pos);
  const to = inner(node, context);
  if (property === '@path' || property === '@arrayPath') return { from: node.from + 1, to, options: paths.map(asPath), validFor: /^\$?[^"]*$/u };
  if (property === '@template' || property === '@liquid') return withinTemplate(context, written, paths);
  if (property === 'trigger') return withinTrigger(context, paths);
  return null;
}

function withinTemplate(context: CompletionContext, written: string, paths: readonly string[]): CompletionResult | null {
  const opened = /\{\{\s*([^{}]*)$/u.exec(written);
  if (opened === null) return null;
  return { from: context.pos - (opened[1]?.length ?? 0), options: paths.map((path) => asPath(withoutRoot(path))), validFor: /^[\w.$-]*$/u };
}

function withinTrigger(context: CompletionContext, paths: readonly string[]): CompletionResult | null {
  const word = context.matchBefore(/[\w.]+/u);
  if (word === null && !context.explicit) return null;
  const testable = paths.map(withoutRoot).filter((path) => TRIGGER_PATH.test(path));
  return { from: word?.from ?? context.pos, options: [...TRIGGER_WORDS, ...testable].map((label) => ({ label, type: 'variable' })), validFor: /^[\w.]*$/u };
}

/** Where what is written in quotes ends. */
function inner(node: Node, context: CompletionContext): number {
  const isClosed = node.to - node.from > 1 && context.state.sliceDoc(node.to - 1, node.to) === '"';
  return isClosed ? node.to - 1 : context.pos;
}

function withoutRoot(path: string): string {
  return path.replace(/^\$\./u, '');
}

function asPath(label: string, index = 0): Completion {
  return { label, type: 'variable', boost: -Math.min(index, 99) };
}
