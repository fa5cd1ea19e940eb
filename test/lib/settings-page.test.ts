import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

import { DEFAULTS } from '../../lib/config.ts';
import { SETTING_KEYS } from '../../lib/settings-schema.ts';

const PAGE = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
/** `| \`name\` | default | …` */
const ROWS = new Map([...PAGE.matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)].map(([, name = '', standard = '']) => [name, standard.trim()]));

describe('docs/settings.md', () => {
  it('lists every setting, and nothing that is none', () => {
    expect([...ROWS.keys()].filter((name) => /^[a-z]/.test(name)).toSorted()).toEqual([...SETTING_KEYS].toSorted());
  });

  it.each(Object.entries(DEFAULTS).filter(([, value]) => value !== undefined))('gives the default of %s', (name, value) => {
    const shown = Array.isArray(value) ? value.join(', ') : String(value);
    expect(ROWS.get(name)).toMatch(new RegExp(`^\`${shown.replaceAll('.', String.raw`\.`)}\``));
  });
});
