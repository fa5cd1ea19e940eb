import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { bundledLiquid } from '../../lib/bundled-liquid.ts';
import { copyIntoBundle } from '../../lib/copy-hook.ts';
import type { MappingsFile } from '../../lib/mappings-file.ts';

function fileWith(mapping: Readonly<Record<string, unknown>>, enabled = true): MappingsFile {
  const definition = { name: 'Tracks', trigger: 'type = "track"', enabled, mapping, acknowledge: [], numbersAs: 'number' as const };
  return { path: 'mappings.json', version: '0', mappings: [definition], findings: [] };
}

const LIQUID = { event_type: { '@if': { exists: 1, then: { '@liquid': '{{ event }}' } } } };

describe('bundledLiquid', () => {
  it.each([
    ['no mapping uses it', fileWith({ event_type: { '@path': '$.event' }, properties: { note: 'about @liquid' } })],
    ['only a disabled one does', fileWith(LIQUID, false)],
  ])('adds nothing when %s', (_, file) => {
    expect(bundledLiquid(file)).toEqual([]);
  });

  it('puts the library where the bundle finds it', () => {
    const bundle = mkdtempSync(join(tmpdir(), 'bridge-liquid-'));
    const commands = copyIntoBundle(bundledLiquid(fileWith(LIQUID))).afterBundling('', bundle);
    for (const command of commands) execFileSync('sh', ['-c', command]);

    const { Liquid } = createRequire(join(bundle, 'index.js'))('liquidjs');
    rmSync(bundle, { recursive: true });

    expect(new Liquid().parseAndRenderSync('{{ event | upcase }}', { event: 'export' })).toBe('EXPORT');
  });
});
