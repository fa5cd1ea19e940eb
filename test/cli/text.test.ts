import { describe, expect, it } from '@jest/globals';

import { besideOrBelow, count, flow, printable, unbroken, wrap } from '../../cli/text.ts';

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

  it('keeps what would steer a terminal from it', () => {
    expect(printable('a\u001b[31m\u009b\r\tb\nc')).toBe('a\ufffd[31m\ufffd\ufffd\ufffdb\nc');
  });
});
