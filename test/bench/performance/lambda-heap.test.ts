import { describe, expect, it } from '@jest/globals';

import { lambdaHeap, MEMORY_MB } from '../../../bench/performance/lambda-heap.ts';
import { templateWith } from '../../lib/helpers/stack.ts';

describe('MEMORY_MB', () => {
  it('is what the functions are deployed with', () => {
    const functions = Object.values(templateWith().findResources('AWS::Lambda::Function'));
    const deployed = functions.map(({ Properties }) => [Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME, Properties.MemorySize]);

    expect(Object.fromEntries(deployed)).toEqual(MEMORY_MB);
  });
});

describe('lambdaHeap', () => {
  it('leaves 5 % to new objects and 90 % to old ones', () => {
    expect(lambdaHeap(512)).toEqual(['--max-semi-space-size=25', '--max-old-space-size=460']);
  });
});
