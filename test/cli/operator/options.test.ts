import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';

import { addOperatorOptions, operatorFlags } from '../../../cli/operator/options.ts';

function parsed(words: readonly string[]) {
  return addOperatorOptions(new Command()).parse(words, { from: 'user' }).opts();
}

describe('operatorFlags', () => {
  it.each([
    [[]],
    [['--stack', 'Billing']],
    [['--stack', 'Billing', '--prefix', 'Usage']],
    [['--local', '--target', 'sandbox']],
  ])('gives %j back as it was typed, for a next step about the same bridge', (words) => {
    expect(operatorFlags(parsed(words))).toBe(words.map((word) => ` ${word}`).join(''));
  });
});
