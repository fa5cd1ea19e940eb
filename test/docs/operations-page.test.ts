import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

import { alarmsIn } from '../lib/helpers/evaluate-alarm.ts';
import { resourcesOf } from '../lib/helpers/resources.ts';
import { templateWith } from '../lib/helpers/stack.ts';

const PAGE = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const template = templateWith();
const ALARMS = alarmsIn(template);
const IDS = [...ALARMS.keys()];
/** The part of each alarm, by its heading. */
const SECTIONS = new Map(
  (/\n## Alarms\n(.*?)\n## /s.exec(PAGE)?.[1] ?? '')
    .split(/^### /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), text]),
);

const COMMANDS = new Set(['doctor', 'deadletters list', 'deadletters replay', 'quarantine list', 'quarantine show', 'quarantine replay', 'replay', 'preview', 'lint', 'reconcile', 'trace']);

function named(pattern: RegExp): readonly string[] {
  return [...new Set([...PAGE.matchAll(pattern)].map(([, name = '']) => name))];
}

describe('docs/operations.md', () => {
  it('has a part for every alarm, and for nothing that is none', () => {
    expect([...SECTIONS.keys()].toSorted()).toEqual(IDS.toSorted());
  });

  it.each(IDS)('says of %s what it means, how long one has, and what to do', (id) => {
    expect(SECTIONS.get(id)).toMatch(/^\*\*Means\*\* .{20,}/m);
    expect(SECTIONS.get(id)).toMatch(/^\*\*Time\*\* .{15,}/m);
    expect(SECTIONS.get(id)).toMatch(/^1\. .{15,}/m);
  });

  it('counts alarms, and the metrics they watch, as they are', () => {
    const watched = [...ALARMS.values()].reduce((sum, { Metrics }) => sum + (Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1), 0);

    expect(PAGE).toContain(`| alarms | ${IDS.length}, of which two watch two metrics each, and one three | $${(0.1 * watched).toFixed(2)} |`);
  });

  it.each(named(/"\$\(resource (\w+)\)"/g))('finds %s in the stack, once', (part) => {
    expect(PAGE).toContain('\nstack=SegmentMetronomeBridge bridge=Bridge ');
    expect(Object.keys(resourcesOf(template)).filter((id) => id.startsWith(`Bridge${part}`))).toHaveLength(1);
  });

  it.each(named(/\$\(output (\w+)\)/g))('finds %s in the outputs', (output) => {
    expect(Object.keys(template.findOutputs(output))).toEqual([output]);
  });

  it('knows the commands it names', () => {
    const used = named(/npm run bridge -- ((?:deadletters|quarantine) \w+|\w+)/g);

    expect(used.filter((command) => !COMMANDS.has(command))).toEqual([]);
    expect(used.length).toBeGreaterThan(8);
  });

  it('links only to what is there', () => {
    const anchors = new Set(named(/^#+ (.+)$/gm).map((heading) => heading.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-')));

    expect(named(/\]\(#([\w-]+)\)/g).filter((anchor) => !anchors.has(anchor))).toEqual([]);
    for (const file of named(/\]\((\w+\.md)\)/g)) expect(readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8')).not.toBe('');
  });
});
