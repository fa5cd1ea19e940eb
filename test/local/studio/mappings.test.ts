import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PATHS } from '../../../local/studio/api.ts';
import type { LintView, MappingsFileView, SaveView } from '../../../local/studio/api.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { MAPPING, mappingsText, NOW, startStudioWorld } from './studio-world.ts';
import type { StudioWorld } from './studio-world.ts';

let world: StudioWorld;
let path: string;

beforeEach(async () => {
  world = await startStudioWorld();
  path = join(world.folder, 'mappings.json');
});

afterEach(() => world.stop());

const WRONG = mappingsText({ ...MAPPING, trigger: "type = 'track'" });

async function view(): Promise<MappingsFileView> {
  return JSON.parse((await world.ask(PATHS.mappings)).body) as MappingsFileView;
}

async function save(text: string, baseVersion?: string): Promise<SaveView> {
  return JSON.parse((await world.ask(PATHS.save, { text, baseVersion: baseVersion ?? (await view()).version })).body) as SaveView;
}

describe('the file', () => {
  it('is shown with its version, its findings, and the paths of recent events, the most frequent first', async () => {
    world.settle([trackEvent('a', {}, NOW), trackEvent('b', { properties: { items: [{ sku: 1 }], 'a.b': 1, 'c d': 1, "e'": 2 } }, NOW), 'not json']);

    const shown = await view();

    const { version } = world.mappings.current().compiled;
    expect(shown).toMatchObject({ path, text: mappingsText(), version, running: version, problems: [], findings: [] });
    expect(shown).not.toHaveProperty('notRunning');
    expect(shown.paths.slice(0, 2)).toEqual(['$.context', '$.context.groupId']);
    expect(shown.paths).toEqual(expect.arrayContaining(['$.properties.tokens', '$.properties.items[0].sku', '$.properties.c d']));
    expect(shown.paths.filter((one) => one.includes('a.b') || one.includes('e\''))).toEqual([]);
  });

  it('may be gone', async () => {
    rmSync(path);

    expect(await view()).toMatchObject({ text: '', notRunning: expect.stringContaining('There is no file'), runningText: mappingsText(), running: world.mappings.current().compiled.version });
  });
});

describe('a finding', () => {
  const text = mappingsText({
    ...MAPPING,
    trigger: 'type = "track" AND event = "x"',
    mapping: { ...MAPPING.mapping, customer_id: 'constant', properties: { nested: { list: [{ '@pth': '$.a' }], 'od"d key': { '@template': '{{$.x}}' } } } },
  });

  it.each([
    ['constant-customer-id', '"constant"'],
    ['unknown-directive', '"$.a"'],
  ])('%s knows its place in the text', async (rule, place) => {
    const { findings } = JSON.parse((await world.ask(PATHS.lint, { text })).body) as LintView;
    const finding = findings.find((one) => one.rule === rule);

    expect(findings.map((one) => one.rule)).toContain(rule);
    expect(text.slice(finding?.from, finding?.to)).toBe(place);
  });

  it('of any rule has a place of one line inside of the text', async () => {
    const { findings } = JSON.parse((await world.ask(PATHS.lint, { text })).body) as LintView;

    expect(findings.length).toBeGreaterThan(2);
    for (const { from, to } of findings) {
      expect(from).toBeGreaterThan(0);
      expect(text.slice(from, to)).toMatch(/^.+$/);
    }
  });

  it('isn\'t looked for in what can\'t be read', async () => {
    const answer = JSON.parse((await world.ask(PATHS.lint, { text: '{"mappings": [' })).body) as LintView;

    expect(answer).toEqual({ problems: [expect.stringContaining('not JSON')], findings: [] });
  });
});

describe('save', () => {
  it('writes the file formatted, with names, texts and numbers as they were, and it runs at once', async () => {
    const text = `{"$schema":"./mappings.schema.json","mappings":[{"name":"all","trigger":"type = \\"tr\\u0061ck\\"","acknowledge":["constant-customer-id","constant-timestamp"],
      "mapping":{"transaction_id":{"@path":"$.messageId"},"customer_id":{"@path":"$.context.groupId"},"timestamp":{"@path":"$.timestamp"},
      "event_type":{"@path":"$.event"},"properties":{"big":0.1234567890123456789,"rate":1.10,"none":{},"10":1,"2":2}}}]}`;

    const saved = await save(text);
    world.settle([trackEvent('m', {}, NOW)]);

    const written = readFileSync(path, 'utf8');
    expect(saved).toEqual({ kind: 'saved', text: written, version: world.mappings.current().compiled.version });
    expect(written).toBe(`{
  "$schema": "./mappings.schema.json",
  "mappings": [
    {
      "name": "all",
      "trigger": "type = \\"tr\\u0061ck\\"",
      "acknowledge": ["constant-customer-id", "constant-timestamp"],
      "mapping": {
        "transaction_id": { "@path": "$.messageId" },
        "customer_id": { "@path": "$.context.groupId" },
        "timestamp": { "@path": "$.timestamp" },
        "event_type": { "@path": "$.event" },
        "properties": {
          "big": 0.1234567890123456789,
          "rate": 1.10,
          "none": {},
          "10": 1,
          "2": 2
        }
      }
    }
  ]
}
`);
    expect(await view()).toMatchObject({ version: saved.kind === 'saved' ? saved.version : '', text: written });
  });

  it.each([
    ['an error that nobody has acknowledged', WRONG, { problems: [], findings: [expect.objectContaining({ rule: 'single-quotes', severity: 'error', acknowledged: false })] }],
    ['what is not JSON', '{', { problems: ['mappings.json: It is not JSON: it ends too early, at line 1, column 2. A closing quote or bracket is missing.'] }],
    ['a name twice', mappingsText(MAPPING, MAPPING), { problems: [expect.stringContaining('a name of its own')] }],
    ['a key twice', mappingsText().replace('"name"', '"name": "x", "name"'), { problems: [expect.stringContaining('twice')] }],
  ])('is refused for %s, and nothing is written', async (_, text, lint) => {
    expect(await save(text)).toMatchObject({ kind: 'refused', lint });
    expect(readFileSync(path, 'utf8')).toBe(mappingsText());
  });

  it('takes an error that is acknowledged', async () => {
    const text = WRONG.replace('"name": "all"', '"name": "all", "acknowledge": ["single-quotes"]');

    expect(await save(text)).toMatchObject({ kind: 'saved' });
  });

  it('overwrites nobody: a file that changed meanwhile is a conflict, with its text', async () => {
    const { version } = await view();
    const theirs = mappingsText({ ...MAPPING, name: 'theirs' });
    writeFileSync(path, theirs);

    const conflict = await save(mappingsText({ ...MAPPING, name: 'ours' }), version);

    expect(conflict).toEqual({ kind: 'conflict', diskText: theirs, version: (await view()).version });
    expect(readFileSync(path, 'utf8')).toBe(theirs);
    expect(await save(mappingsText({ ...MAPPING, name: 'ours' }), (await view()).version)).toMatchObject({ kind: 'saved' });
  });

  it('of two at once takes one', async () => {
    const { version } = await view();

    const kinds = await Promise.all(['a', 'b', 'c'].map(async (name) => (await save(mappingsText({ ...MAPPING, name }), version)).kind));

    expect(kinds.toSorted()).toEqual(['conflict', 'conflict', 'saved']);
  });

  it('makes a file anew that was deleted, if that is what the page was told', async () => {
    rmSync(path);

    expect(await save(mappingsText(), 'the version of before')).toMatchObject({ kind: 'conflict', diskText: '' });
    expect(await save(mappingsText())).toMatchObject({ kind: 'saved' });
    expect(statSync(path).mode & 0o777).toBe(0o644);
  });

  it('says so when a folder stands in its place', async () => {
    const { version } = await view();
    rmSync(path);
    mkdirSync(path);

    const answer = await world.ask(PATHS.save, { text: mappingsText(), baseVersion: version });

    expect(answer).toMatchObject({ status: 500, body: expect.stringContaining("can't be read") });
  });

  it('leaves a file that is read-only as it is', async () => {
    chmodSync(path, 0o444);
    const { version } = await view();

    const answer = await world.ask(PATHS.save, { text: mappingsText({ ...MAPPING, name: 'renamed' }), baseVersion: version });

    expect(answer).toMatchObject({ status: 500, body: expect.stringContaining('is read-only. Nothing was saved') });
    expect(readFileSync(path, 'utf8')).toBe(mappingsText());
  });

  it('keeps permissions and links, and leaves nothing beside', async () => {
    const target = join(world.folder, 'elsewhere.json');
    renameSync(path, target);
    symlinkSync(target, path);
    chmodSync(target, 0o640);

    const saved = await save(mappingsText({ ...MAPPING, name: 'renamed' }));

    expect(saved.kind).toBe('saved');
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(statSync(target).mode & 0o777).toBe(0o640);
    expect(readFileSync(target, 'utf8')).toContain('renamed');
    expect(readdirSync(world.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
