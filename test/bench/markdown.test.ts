import { describe, expect, it } from '@jest/globals';

import { table, withTables } from '../../bench/markdown.ts';

const PAGE = 'Before\n<!-- made: one -->\nold\n<!-- end -->\nBetween\n<!-- made: two -->\n<!-- end -->\nAfter\n';

describe('withTables', () => {
  it('writes each table between its marks, and nothing else', () => {
    const written = withTables(PAGE, 'page.md', new Map([['two', '| 2 |\n'], ['one', '| 1 |\n']]));

    expect(written).toBe('Before\n<!-- made: one -->\n| 1 |\n<!-- end -->\nBetween\n<!-- made: two -->\n| 2 |\n<!-- end -->\nAfter\n');
    expect(withTables(written, 'page.md', new Map([['one', '| 1 |\n']]))).toBe(written);
  });

  it.each([
    ['no place', '# Nothing\n'],
    ['a place without an end', '<!-- end -->\n<!-- made: one -->\n'],
  ])('refuses a page with %s for a table', (_, page) => {
    expect(() => withTables(page, 'page.md', new Map([['one', '']]))).toThrow('page.md has no place for the table "one"; expected <!-- made: one --> and, below it, <!-- end -->');
  });
});

describe('table', () => {
  it('has a head, a rule and a line for each row', () => {
    expect(table(['what', 'much'], [['a', '1'], ['b', '2']])).toBe('| what | much |\n| --- | --- |\n| a | 1 |\n| b | 2 |\n');
  });
});
