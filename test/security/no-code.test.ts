import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

const WITHOUT_CODE = '--disallow-code-generation-from-strings';

describe('a mappings file', () => {
  it('never becomes code: all of mapping and triggers runs where neither eval nor new Function works', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [WITHOUT_CODE, join(import.meta.dirname, 'mapping-run.ts')], { encoding: 'utf8' });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { mapped, matched } = JSON.parse(stdout);
    expect(mapped).toBeGreaterThan(250);
    expect(matched).toBeGreaterThan(250);
  });

  it('would be caught if it did', () => {
    const { status, stderr } = spawnSync(process.execPath, [WITHOUT_CODE, '-e', 'new Function("return 1")()'], { encoding: 'utf8' });

    expect(status).not.toBe(0);
    expect(stderr).toContain('EvalError');
  });
});
