import { describe, expect, it } from '@jest/globals';

import { nearest } from '../../../lambda/mapping/nearest.ts';

describe('nearest', () => {
  it.each([
    ['@pth', '@path'],
    ['@PATH', '@path'],
    ['@templte', '@template'],
    ['@path', '@path'],
    ['@nothinglikeit', undefined],
    ['', undefined],
  ])('of %j is %j', (written, suggestion) => {
    expect(nearest(written, ['@path', '@template', '@if'])).toBe(suggestion);
  });
});
