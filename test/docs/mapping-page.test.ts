import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';

import { evaluate } from '../../cli/preview/evaluate.ts';
import type { Outcome } from '../../cli/preview/evaluate.ts';
import type { Reason } from '../../lambda/forward/fate.ts';
import { isObject } from '../../lambda/json-value.ts';
import { MAX_EVENT_AGE_MS, METRONOME_MAX_FUTURE_HOURS, METRONOME_MAX_PROPERTIES, METRONOME_MAX_TRANSACTION_ID_CHARS } from '../../lambda/limits.ts';
import { compileMapping, compileMappings, compileTrigger, DIRECTIVE_NAMES, parseEvent, TriggerError } from '../../lambda/mapping/index.ts';
import { RULES } from '../../lib/lint/index.ts';
import type { Finding } from '../../lib/lint/index.ts';
import { EVENT_FIELDS } from '../../lib/lint/segment-fields.ts';
import { checkMappingsText } from '../../lib/mappings-file.ts';
import { keysAt } from '../../lib/mappings-schema.ts';

const DOCS = new URL('../../docs/', import.meta.url);
const PAGE = readFileSync(new URL('mapping.md', DOCS), 'utf8');
const PROJECT_FILE: unknown = JSON.parse(readFileSync(new URL('../test/fixtures/project/mappings.json', DOCS), 'utf8'));
const HOUR_MS = 60 * 60 * 1000;
/** Half an hour after the page's event, which is looked at as if it came then. */
const MOMENT = Date.parse('2026-11-20T10:00:00Z');
/** The recipe that shows all of the default mapping, and the one that shows commands alone. */
const DEFAULT = 'The default';
const COMMANDS_ALONE = "Coming from Segment's hosted destination";

type Members = Readonly<Record<string, unknown>>;
interface Code {
  readonly kind: 'code';
  readonly info: string;
  readonly text: string;
}
interface Row {
  readonly kind: 'row';
  readonly head: readonly string[];
  readonly cells: readonly string[];
}
interface Section {
  readonly title: string;
  readonly level: number;
  readonly blocks: readonly (Code | Row)[];
}

const SECTIONS = sectionsOf(PAGE);
const RECIPES = sectionsBetween('Recipes', 'Triggers');
const SHOWN_FILE: unknown = JSON.parse(codeIn(DEFAULT, 'json file'));
const STANDARD = membersOf(firstOf(membersOf(SHOWN_FILE)['mappings']));
const STANDARD_EVENT = membersOf(JSON.parse(codeIn(DEFAULT, 'json event')));

/** The compiler wants every reason but those in which no mapping has a part. */
const MAPPING_REASONS = {
  missing_field: true,
  invalid_field: true,
  timestamp_invalid: true,
  timestamp_too_old: true,
  timestamp_in_future: true,
  id_too_long: true,
  too_many_properties: true,
  too_large: true,
  duplicate_transaction_id: true,
  mapping_failed: true,
} as const satisfies Record<Exclude<Reason, 'not_json' | 'not_an_event' | 'refused_by_metronome' | 'retry_expired'>, true>;

describe('docs/mapping.md', () => {
  it('lists every key of a mapping', () => {
    const keys = rowsUnder('key', '', '').map(({ cells: [key] }) => codeOf(key));

    expect(keys.toSorted()).toEqual(keysAt(['mappings', 0]).toSorted());
  });

  it('lists the five fields with their limits', () => {
    const limits = new Map(rowsUnder('field', 'must be').map(({ cells: [field, limit] }) => [codeOf(field), limit]));

    expect([...limits.keys()]).toEqual(Object.keys(membersOf(STANDARD['mapping'])));
    expect(limits.get('transaction_id')).toContain(` ${METRONOME_MAX_TRANSACTION_ID_CHARS} characters`);
    expect(limits.get('properties')).toContain(` ${METRONOME_MAX_PROPERTIES.toLocaleString('en')} properties`);
    expect(limits.get('timestamp')).toContain(`${(MAX_EVENT_AGE_MS / HOUR_MS + 1) / 24} days less an hour ago and ${METRONOME_MAX_FUTURE_HOURS} hours ahead`);
  });

  it('lists every reason that a mapping can cause', () => {
    const reasons = rowsUnder('reason', 'what happened', 'what helps').map(({ cells: [reason] }) => codeOf(reason));

    expect(reasons).toEqual(Object.keys(MAPPING_REASONS));
  });

  it.each(constantCases())('$field: $value gives $sent', ({ field, value, sent }) => {
    const outcome = outcomeOf(withField(field, value), '{}');

    expectSent(outcome, asUsage(field, sent));
  });

  it('shows the mappings file of the project, and the whole usage event it makes', () => {
    const [usage] = outcomeOf([STANDARD], '{}').usage;

    expect(SHOWN_FILE).toEqual(PROJECT_FILE);
    expect(usage?.kind === 'ready' ? JSON.parse(usage.json) : usage).toEqual(JSON.parse(codeIn(DEFAULT, 'json usage')));
  });

  it.each(RECIPES.filter(({ title }) => title !== COMMANDS_ALONE))('has examples of the recipe: $title', ({ title, blocks }) => {
    const examples = [...recipeCases(), ...fieldCases()].filter((example) => example.title === title);
    const unproven = blocks.filter((block, at) => isCode(block, 'json mapping') && blocks[at + 1]?.kind !== 'row');

    expect(examples.length).toBeGreaterThan(0);
    expect(unproven).toEqual([]);
  });

  it.each([...recipeCases(), ...fieldCases()])('$title: $shown gives $sent', ({ mappings, shown, sent }) => {
    const outcome = outcomeOf(mappings, shown);

    expectSent(outcome, sent);
  });

  it.each([...recipeCases(), ...fieldCases()])('$title: the linter passes what maps $shown', ({ mappings }) => {
    const { problems, findings } = checkMappingsText(JSON.stringify({ mappings }), 'mapping.md');

    expect(problems).toEqual([]);
    expect(findings.filter(({ severity, acknowledged, rule }) => (severity === 'error' && !acknowledged) || rule === 'unused-acknowledge')).toEqual([]);
  });

  it("names Segment's fields in every event", () => {
    const inRecipes = [...recipeCases(), ...fieldCases()].map(({ shown }) => shown);
    const inTriggers = triggerCases().flatMap(({ matching, others }) => matching.concat(others));
    const inTraps = trapCases().map(({ event }) => event);
    const fields = [...inRecipes, ...inTriggers, ...inTraps].flatMap((event) => Object.keys(exactMembersOf(event)));

    expect(EVENT_FIELDS).toEqual(expect.arrayContaining([...new Set(fields)]));
  });

  it.each(triggerCases())('trigger: $trigger', ({ trigger, matching, others }) => {
    const results = (events: readonly string[]): readonly string[] => events.map((event) => triggerResult(trigger, event));

    expect(matching.length * others.length).toBeGreaterThan(0);
    expect(new Set(results(matching))).toEqual(new Set(['matches']));
    expect(new Set(results(others))).toEqual(new Set(["doesn't match"]));
    expect(triggerFindings(trigger)).toEqual([]);
  });

  it.each(trapCases())('trap: $trap $result', ({ trap, event, result, rule, better }) => {
    expect(triggerResult(trap, event)).toBe(result);
    expect(triggerFindings(trap)).toEqual(rule === undefined ? [] : [expect.objectContaining({ rule, severity: 'error' })]);
    if (better === undefined) return;
    expect(['matches', "doesn't match"].filter((other) => other !== result)).toContain(triggerResult(better, event));
    expect(triggerFindings(better)).toEqual([]);
  });

  it.each(rowsUnder('path', 'finds', '').map(({ cells: [path, found = ''] }) => ({ path: codeOf(path), found })))('path: $path finds $found', ({ path, found }) => {
    const value = valueOf({ '@path': path }, codeIn('Paths', 'json event'));

    expect(value).toEqual(valueIn(found));
  });

  it.each(directiveCases())('directive: $directive gives $found, else $without', ({ directive, found, without }) => {
    const mapping: unknown = JSON.parse(directive);

    expect(valueOf(mapping, codeIn('Directives', 'json event'))).toEqual(valueIn(found));
    expect(valueOf(mapping, '{}')).toEqual(valueIn(without));
  });

  it('shows every directive', () => {
    const shown = directiveCases().map(({ directive }) => Object.keys(JSON.parse(directive)).join());

    expect([...new Set(shown)].toSorted()).toEqual(DIRECTIVE_NAMES.toSorted());
  });

  it.each([...new Set(linksIn(PAGE))])('the link %s leads somewhere', (link) => {
    const [path = '', anchor] = link.split('#');
    const anchors: readonly string[] = path === '' ? SECTIONS.map(({ title }) => slugOf(title)) : RULES.map(({ id }) => id);

    expect(existsSync(new URL(path, DOCS))).toBe(true);
    expect(anchors).toEqual(anchor === undefined ? anchors : expect.arrayContaining([anchor]));
  });

  it('links every section at its top', () => {
    const linked = linksIn(PAGE.slice(0, PAGE.indexOf('\n## '))).map((link) => link.slice(1));
    const titles = SECTIONS.filter(({ level, title }) => level > 1 && title !== 'Recipes').map(({ title }) => title);

    expect(linked.toSorted()).toEqual(titles.map(slugOf).toSorted());
  });

  it('has as many cells in each row as its table has columns', () => {
    const rows = SECTIONS.flatMap(({ blocks }) => blocks).filter((block) => block.kind === 'row');

    expect(rows.filter(({ head, cells }) => head.length !== cells.length)).toEqual([]);
  });
});

interface Example {
  readonly title: string;
  readonly mappings: readonly object[];
  /** The part of an event. */
  readonly shown: string;
  readonly sent: string;
}

/** Rows of event and usage event, with the mapping that stands above them. */
function recipeCases(): readonly Example[] {
  return RECIPES.flatMap(({ title, blocks }) =>
    blocks.flatMap((block, at) => {
      if (block.kind !== 'row' || block.head.join() !== 'event,usage event') return [];
      const above = blocks.slice(0, at).findLast((earlier) => isCode(earlier, 'json mapping'));
      if (above?.kind !== 'code' && title !== DEFAULT) throw new Error(`${title} shows events without a mapping above.`);
      const [event, sent = ''] = block.cells;
      return [{ title, mappings: entriesOf(above?.kind === 'code' ? JSON.parse(above.text) : {}), shown: codeOf(event), sent }];
    }),
  );
}

/** Rows of one field's mapping, an event, and what is sent. */
function fieldCases(): readonly Example[] {
  return RECIPES.flatMap(({ title, blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind !== 'row' || block.head.slice(1).join() !== 'event,what is sent') return [];
      const field = codeOf(block.head[0]);
      const [value, event, sent = ''] = block.cells;
      return [{ title, mappings: withField(field, codeOf(value)), shown: codeOf(event), sent: asUsage(field, sent) }];
    }),
  );
}

function constantCases(): readonly { readonly field: string; readonly value: string; readonly sent: string }[] {
  return rowsUnder('field', 'the mapping gives', 'what is sent').map(({ cells: [field, value, sent = ''] }) => ({ field: codeOf(field), value: codeOf(value), sent }));
}

function triggerCases(): readonly { readonly trigger: string; readonly matching: readonly string[]; readonly others: readonly string[] }[] {
  const rows = rowsUnder('trigger', 'matches', "doesn't match");
  return rows.map(({ cells: [trigger, matching, others] }) => ({ trigger: codeOf(trigger), matching: codesIn(matching), others: codesIn(others) }));
}

interface Trap {
  readonly trap: string;
  readonly event: string;
  readonly result: string;
  readonly rule: string | undefined;
  readonly better: string | undefined;
}

function trapCases(): readonly Trap[] {
  return rowsUnder('written', 'with this event', 'it', 'write').map(({ cells: [trap = '', event, result = '', better] }) => {
    const [rule] = linksIn(trap).map((link) => link.replace('lint.md#', ''));
    return { trap: codeOf(trap), event: codeOf(event), result, rule, better: codesIn(better)[0] };
  });
}

function directiveCases(): readonly { readonly directive: string; readonly found: string; readonly without: string }[] {
  const rows = rowsUnder('directive', 'gives', 'without the data');
  return rows.map(({ cells: [directive, found = '', without = ''] }) => ({ directive: codeOf(directive), found, without }));
}

function outcomeOf(mappings: readonly object[], shown: string): Outcome {
  const text = JSON.stringify({ ...STANDARD_EVENT, ...exactMembersOf(shown) });
  return evaluate(text, compileMappings(JSON.stringify({ mappings })).mappings, MOMENT);
}

/** One part of a mapping or several, in place of the default's members. */
function entriesOf(parts: unknown): readonly object[] {
  return (Array.isArray(parts) ? parts : [parts]).map((part) => {
    const { mapping = {}, ...others } = membersOf(part);
    return Object.assign({}, STANDARD, others, { mapping: { ...membersOf(STANDARD['mapping']), ...membersOf(mapping) } });
  });
}

function withField(field: string, value: string): readonly object[] {
  return entriesOf({ mapping: { [field]: JSON.parse(value) } });
}

/** `sent` is "filtered", "quarantined:" with reason and field, or the usage events with some of their members. */
function expectSent({ fate, usage }: Outcome, sent: string): void {
  const codes = codesIn(sent);
  if (codes.length === 0) {
    expect(fate.kind).toBe(sent);
    return;
  }
  if (sent.startsWith('quarantined: ')) {
    const [reason, field = expect.any(String)] = codes;
    expect(fate).toMatchObject({ kind: 'quarantined', reason, field });
    return;
  }
  const shown = codes.map(exactMembersOf);
  const made = usage.map((one) => (one.kind === 'ready' ? exactMembersOf(one.json) : {}));
  const picked = made.map((one, at) => Object.fromEntries(Object.keys(shown[at] ?? one).map((name) => [name, one[name]])));
  expect(fate.kind).toBe('delivered');
  // As text: the digits of numbers count too.
  expect(picked.map((one) => JSON.stringify(one))).toEqual(shown.map((one) => JSON.stringify(one)));
}

/** The cell about one field as one about a usage event. */
function asUsage(field: string, sent: string): string {
  return sent.startsWith('quarantined: ') ? `${sent}, \`${field}\`` : `\`{"${field}": ${codeOf(sent)}}\``;
}

function triggerResult(trigger: string, event: string): string {
  try {
    return compileTrigger(trigger)(JSON.parse(event)) ? 'matches' : "doesn't match";
  } catch (error) {
    if (error instanceof TriggerError && error.stage === 'parse') return "can't be read";
    throw error;
  }
}

function triggerFindings(trigger: string): readonly Finding[] {
  const { findings } = checkMappingsText(JSON.stringify({ mappings: entriesOf({ trigger }) }), 'mapping.md');
  return findings.filter(({ path }) => path.endsWith('.trigger'));
}

/** What a part of a mapping gives as a member; undefined when it is left out. */
function valueOf(part: unknown, event: string): unknown {
  return membersOf(compileMapping({ part })(JSON.parse(event)))['part'];
}

function valueIn(cell: string): unknown {
  return cell === 'nothing' ? undefined : JSON.parse(codeOf(cell));
}

function sectionsOf(page: string): readonly Section[] {
  return page.split(/^(?=#{1,3} )/m).map((text) => {
    const [, marks = '', title = ''] = /^(#+) (.*)$/m.exec(text) ?? [];
    return { title, level: marks.length, blocks: blocksOf(text) };
  });
}

/** Code blocks and rows of tables, in their order. */
function blocksOf(section: string): readonly (Code | Row)[] {
  return [...section.matchAll(/^```([^\n]*)\n(.*?)^```$|^\|[^\n]*(?:\n\|[^\n]*)*/gms)].flatMap(([whole, info, text]): readonly (Code | Row)[] => {
    if (info !== undefined && text !== undefined) return [{ kind: 'code', info, text }];
    const [head = [], , ...rows] = whole.split('\n').map(cellsOf);
    return rows.map((cells) => ({ kind: 'row', head, cells }));
  });
}

function cellsOf(line: string): readonly string[] {
  return line.slice(1, line.lastIndexOf('|')).split(/(?<!\\)\|/).map((cell) => cell.replaceAll(String.raw`\|`, '|').trim());
}

function sectionsBetween(start: string, end: string): readonly Section[] {
  const titles = SECTIONS.map(({ title }) => title);
  return SECTIONS.slice(titles.indexOf(start) + 1, titles.indexOf(end));
}

function rowsUnder(...head: readonly string[]): readonly Row[] {
  const rows = SECTIONS.flatMap(({ blocks }) => blocks).filter((block) => block.kind === 'row');
  return rows.filter((row) => row.head.join() === head.join());
}

function codeIn(title: string, info: string): string {
  const block = SECTIONS.find((section) => section.title === title)?.blocks.find((one) => isCode(one, info));
  if (block?.kind === 'code') return block.text;
  throw new Error(`The section "${title}" has no block of ${info}.`);
}

function isCode(block: Code | Row, info: string): boolean {
  return block.kind === 'code' && block.info === info;
}

function codesIn(cell = ''): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

function codeOf(cell: string | undefined): string {
  const [code] = codesIn(cell);
  if (code !== undefined) return code;
  throw new Error(`The cell "${cell}" holds no code.`);
}

function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
}

/** As GitHub makes them of titles. */
function slugOf(title: string): string {
  return title.toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-');
}

function membersOf(value: unknown): Members {
  if (isObject(value)) return value;
  throw new Error(`${JSON.stringify(value)} is no object.`);
}

/** With every digit of its numbers. */
function exactMembersOf(text: string): Members {
  return membersOf(parseEvent(text).exact());
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}
