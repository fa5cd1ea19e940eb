import { describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

import { stackDimension } from '../../lib/metrics.ts';
import { resourcesOf } from './helpers/resources.ts';
import { templateWith } from './helpers/stack.ts';

describe('stackDimension', () => {
  it('is the name of our own stack, by which the operator asks for it', () => {
    expect(stackDimension(new Construct(new Stack(new App(), 'Mine', { stackName: 'Production' }), 'Bridge'))).toBe('Production');
  });

  it('tells the bridges of one foreign stack apart', () => {
    const stack = new Stack(new App(), 'Theirs');
    const dimensions = ['One', 'Two'].map((id) => stackDimension(new Construct(stack, id)));

    expect(dimensions).toEqual([expect.stringMatching(/^Theirs-[0-9a-f]{8}$/), expect.stringMatching(/^Theirs-[0-9a-f]{8}$/)]);
    expect(new Set(dimensions).size).toBe(2);
  });

  it.each(['Production', 'Sandbox'])('reaches both functions of the stack %s', (stackName) => {
    const functions = Object.values(resourcesOf(templateWith({ stackName }))).filter(({ Type }) => Type === 'AWS::Lambda::Function');

    expect(functions.map(({ Properties }) => Properties['Environment'])).toEqual([
      { Variables: expect.objectContaining({ STACK_NAME: stackName }) },
      { Variables: expect.objectContaining({ STACK_NAME: stackName }) },
    ]);
  });
});
