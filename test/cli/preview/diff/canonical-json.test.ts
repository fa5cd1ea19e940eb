import { describe, expect, it } from '@jest/globals';

import { canonicalJson } from '../../../../cli/preview/diff/canonical-json.ts';
import { parseEvent } from '../../../../lambda/mapping/index.ts';

describe('canonicalJson', () => {
  it.each([
    ['{"b":1,"a":{"d":2,"c":[3,{"f":4,"e":5}]}}', '{"a":{"c":[3,{"e":5,"f":4}],"d":2},"b":1}'],
    ['{"b":1.10,"a":12345678901234567890}', '{"a":12345678901234567890,"b":1.10}'],
    ['{"__proto__":1,"__proto_":-0}', '{"__proto_":-0,"__proto__":1}'],
  ])('%s', (text, expected) => {
    expect(canonicalJson(parseEvent(text).exact())).toBe(expected);
  });
});
