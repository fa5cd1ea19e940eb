import { describe, expect, it } from '@jest/globals';

import { besideOrBelow, count, flow, printable, unbroken, visible, wrap } from '../../cli/text.ts';

describe('text for people', () => {
  it.each([
    [0, '0 events'],
    [1, '1 event'],
    [2_000, '2,000 events'],
  ])('counts %d', (amount, text) => {
    expect(count(amount, 'event')).toBe(text);
  });

  it('wraps at 80 characters, each line after its indent', () => {
    const lines = wrap('word '.repeat(40).trim(), '    ').split('\n');

    expect(lines.every((line) => line.startsWith('    word') && line.length <= 80)).toBe(true);
    expect(lines.join(' ').match(/word/g)).toHaveLength(40);
  });

  it('breaks no word that is longer, and no name that is to stay whole', () => {
    const path = `/${'long/'.repeat(30)}events.ndjson`;
    const name = 'my own events of last week.ndjson';

    expect(wrap(`in ${path} there`, '  ')).toBe(`  in\n  ${path}\n  there`);
    expect(wrap(`${'word '.repeat(12)}${unbroken(name)} is broken`, '')).toBe(`${'word '.repeat(12).trim()}\n${name} is broken`);
  });

  it('puts a name below its words only where it doesn\'t fit beside them', () => {
    expect(besideOrBelow('filtered', 'a.json', '    ')).toBe('filtered  a.json');
    expect(besideOrBelow('filtered', 'a'.repeat(71), '    ')).toBe(`filtered\n    ${'a'.repeat(71)}`);
  });

  it('puts parts side by side as far as 80 characters go, and never breaks one', () => {
    const long = 'x'.repeat(100);

    expect(flow(['a', 'b', long, 'c'], '  ')).toBe(`  a  b\n  ${long}\n  c`);
  });

  it.each([
    ['a terminal escape', 'a\u001b[31mb', 'a\\u001b[31mb'],
    ['a C1 control character', 'a\u009bb', 'a\\u009bb'],
    ['DEL, NUL and a tab', '\u007f\0\t', '\\u007f\\u0000\\u0009'],
    ['ends of lines', 'a\r\nb\u2028c\u2029d\u0085', 'a\\u000d\\u000ab\\u2028c\\u2029d\\u0085'],
    ['marks that turn the writing around', 'a\u202eb\u2066c\u200f', 'a\\u202eb\\u2066c\\u200f'],
    ['what has no width', 'a\u200bb\ufeffc\u00ad', 'a\\u200bb\\ufeffc\\u00ad'],
    ['tags beyond the first plane', 'a\u{e0041}', 'a\\u{e0041}'],
    ['half a character', 'a\ud800b', 'a\\ud800b'],
    ['what stands for a glued space here', 'a\ufdd0b', 'a\\ufdd0b'],
    ['letters of all kinds as they are', 'Größe 東京 العربية 🔑 "\\"', 'Größe 東京 العربية 🔑 "\\"'],
  ])('makes visible %s', (_, value, shown) => {
    expect(visible(value)).toBe(shown);
    expect(printable(value.replaceAll('\n', ''))).toBe(visible(value.replaceAll('\n', '')));
  });

  it('leaves the ends of lines that were put together', () => {
    expect(printable('a\u001b\nb\n')).toBe('a\\u001b\nb\n');
  });
});
