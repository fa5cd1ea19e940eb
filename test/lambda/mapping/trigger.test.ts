import { describe, expect, it } from '@jest/globals';

import { compileTrigger, TriggerError } from '../../../lambda/mapping/index.ts';
import { deepFreeze, expectedError, readVectors } from './vectors.ts';

const vectors = readVectors('triggers.json');
const parseErrors = vectors.filter((vector) => expectedError(vector)?.startsWith('parse:'));
const evaluateErrors = vectors.filter((vector) => expectedError(vector)?.startsWith('evaluate:'));
const answers = vectors.filter((vector) => expectedError(vector) === undefined);

describe('compileTrigger', () => {
  it('is tested with every vector', () => {
    expect([answers.length, parseErrors.length, evaluateErrors.length]).toEqual([310, 46, 2]);
  });

  it.each(answers)('answers as hosted does: $name', ({ fql, event, expected }) => {
    expect(compileTrigger(fql)(deepFreeze(event))).toBe(expected);
  });

  it.each(parseErrors)('refuses what hosted can\'t parse: $name', ({ fql }) => {
    expect(() => compileTrigger(fql)).toThrow(expect.objectContaining({ name: 'TriggerError', stage: 'parse', trigger: fql }));
  });

  it.each(evaluateErrors)('throws where hosted throws for the event: $name', ({ fql, event }) => {
    const matches = compileTrigger(fql);
    expect(() => matches(event)).toThrow(expect.objectContaining({ name: 'TriggerError', stage: 'evaluate', trigger: fql }));
  });

  it('says in a sentence what to write, and what the parser said', () => {
    expect(() => compileTrigger('type')).toThrow(
      new TriggerError('type', 'parse', new Error('Value token is missing')),
    );
    expect(() => compileTrigger('groupId = "x"')).toThrow(/^The trigger "groupId = \\"x\\"" can't be read, so it would never match\. .*The parser says: /);
  });

  it('keeps a short circuit from throwing', () => {
    expect(compileTrigger('type = "track" and ()')({ type: 'page' })).toBe(false);
  });
});
