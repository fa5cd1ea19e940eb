import { describe, expect, it } from '@jest/globals';

import { cut, visible, visibleLines } from '../../../../../local/studio/page/text/visible.ts';

describe('visible', () => {
  it.each([
    ['what turns the writing', 'a\u202eb', String.raw`a\u202eb`],
    ['control characters', 'a\u0000\u001bb\n', String.raw`a\u0000\u001bb\u000a`],
    ['half of a character', '\ud83d', String.raw`\ud83d`],
    ['a tag that nobody sees', '\u{e0041}', String.raw`\u{e0041}`],
  ])('shows %s as an escape', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(['<script>alert(1)</script>', 'تصدير', '👩‍👩‍👧', ' a b '])('leaves %s as it is', (text) => {
    expect(visible(text)).toBe(text);
  });
});

describe('visibleLines', () => {
  it('keeps the ends of lines', () => {
    expect(visibleLines('a\n\tb\r')).toBe('a\n\tb\\u000d');
  });
});

describe('cut', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['ab🎉', 3, 'ab'],
  ])('of %s keeps at most %i units', (text, most, kept) => {
    expect(cut(text, most)).toBe(kept);
  });
});
