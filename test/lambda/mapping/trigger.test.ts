import { describe, expect, it } from '@jest/globals';

import { compileTrigger, TriggerError } from '../../../lambda/mapping/index.ts';

// What matches and what doesn't is in conformance.test.ts.
describe('compileTrigger', () => {
  it('says in a sentence what to write, and what the parser said', () => {
    expect(() => compileTrigger('type')).toThrow(new TriggerError('type', 'parse', "Segment's parser says: Value token is missing"));
    expect(() => compileTrigger('groupId = "x"')).toThrow(/^The trigger "groupId = \\"x\\"" can't be read, so it would never match\. .*Segment's parser says: /);
  });

  it('refuses a trigger so long that parsing it would take minutes, and repeats only its start', () => {
    const trigger = '('.repeat(1_000_000);

    expect(() => compileTrigger(trigger)).toThrow(expect.objectContaining({ name: 'TriggerError', stage: 'parse', message: expect.stringContaining('It has 1000000 characters; at most 10000 are read.') }));
    expect(() => compileTrigger(trigger)).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{0,600}$/) }));
  });

  it('keeps a short circuit from throwing', () => {
    expect(compileTrigger('type = "track" and ()')({ type: 'page' })).toBe(false);
  });
});
