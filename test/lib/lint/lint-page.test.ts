import { readFileSync, writeFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { RULES } from '../../../lib/lint/index.ts';
import { lintPage } from '../../../lib/lint/lint-page.ts';

const PAGE = new URL('../../../docs/lint.md', import.meta.url);
/** `WRITE_LINT_PAGE=1 npm run jest -- test/lib/lint/lint-page.test.ts` writes the page anew. */
const isWriting = process.env['WRITE_LINT_PAGE'] === '1';

describe('docs/lint.md', () => {
  it('says what the rules say', () => {
    if (isWriting) writeFileSync(PAGE, lintPage());

    expect(readFileSync(PAGE, 'utf8')).toBe(lintPage());
  });

  it('shows JSON that can be copied', () => {
    const blocks = [...lintPage().matchAll(/```json\n([^`]*(?:`(?!``)[^`]*)*)\n```/g)].map(([, json = '']) => json);

    expect(blocks).toHaveLength(2 * RULES.length);
    expect(() => blocks.map((json) => JSON.parse(json))).not.toThrow();
  });

  it('has a section for every rule', () => {
    const sections = lintPage().split('\n').filter((line) => line.startsWith('## '));

    expect(sections).toEqual(RULES.map(({ id }) => `## ${id}`));
  });
});
