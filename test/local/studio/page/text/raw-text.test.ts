import { describe, expect, it } from '@jest/globals';

import { rawText } from '../../../../../local/studio/page/text/raw-text.ts';

describe('rawText', () => {
  it.each([
    ['text', 'text', '{"a":"é"}', '{"a":"é"}'],
    ['text that travels as base64', 'base64', Buffer.from('\ufeff{"a":"é🎉\u0000"}').toString('base64'), '\ufeff{"a":"é🎉\u0000"}'],
    ['bytes that are none', 'base64', Buffer.from([0xff, 0xfe, 0x00]).toString('base64'), undefined],
    ['nothing', 'base64', '', ''],
  ] as const)('reads %s', (_, encoding, raw, text) => {
    expect(rawText({ raw, encoding })).toBe(text);
  });
});
