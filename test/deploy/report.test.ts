import { describe, expect, it } from '@jest/globals';

import { createReporter } from './report.ts';
import { StepFailure } from './step-failure.ts';

function reporter(json: boolean, interruption?: AbortSignal) {
  const written: string[] = [];
  let now = 0;
  const options = { write: (text: string) => void written.push(text), json, now: () => (now += 1_500) };
  return { written, ...createReporter(interruption === undefined ? options : { ...options, interruption }) };
}

describe('createReporter', () => {
  it('tells of a step with its time and its result, and hands the result on', async () => {
    const { step, written } = reporter(false);

    const result = await step('Deploy', () => Promise.resolve('a stack'), (name) => `made ${name}`);

    expect(result).toBe('a stack');
    expect(written).toEqual([expect.stringMatching(/^ok +Deploy +1\.5 s +made a stack\n$/)]);
  });

  it('tells of a failed step what was expected and what was seen, and fails', async () => {
    const { step, written } = reporter(false);

    const failed = step('Deploy', () => Promise.reject(new StepFailure('200', '503')));

    await expect(failed).rejects.toThrow(StepFailure);
    expect(written.join('')).toMatch(/^FAIL Deploy.*\n +expected: 200\n +seen: +503\n$/);
  });

  it('writes a line of JSON for machines', async () => {
    const { step, written } = reporter(true);

    await step('Deploy', () => Promise.resolve());

    expect(JSON.parse(written.join(''))).toEqual({ step: 'Deploy', ok: true, seconds: 1.5, atSeconds: 1.5, detail: '' });
  });

  it('ends a step that hangs when it is interrupted, and begins none after that', async () => {
    const interruption = new AbortController();
    const { step } = reporter(false, interruption.signal);
    let begun = 0;
    const hang = () => {
      begun += 1;
      return new Promise<void>(() => undefined);
    };

    const first = step('One', hang);
    interruption.abort();
    await expect(first).rejects.toThrow('interrupted');
    await expect(step('Two', hang)).rejects.toThrow('interrupted');

    expect(begun).toBe(1);
  });
});
