import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..', '..');

/** What the telemetry writes for CloudWatch, line by line; in a process of its own, as its console is its own too. */
function written(calls: string): Readonly<Record<string, unknown>>[] {
  const script = `import { createTelemetry } from './lambda/telemetry.ts'; const telemetry = createTelemetry('forward'); ${calls}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: PROJECT, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  return `${stdout}${stderr}`.trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('createTelemetry', () => {
  it('writes a line with the event and every field', () => {
    expect(written(`telemetry.error('metronome_token_not_set', { advice: 'Set it.', command: 'aws …', events: 3 });`)).toMatchObject([
      { level: 'ERROR', message: 'metronome_token_not_set', service: 'forward', advice: 'Set it.', command: 'aws …', events: 3 },
    ]);
  });

  it('writes what was counted in one line, and what has a dimension in a line of its own', () => {
    const lines = written(`telemetry.count('Delivered', 2); telemetry.count('Delivered', 3); telemetry.count('Quarantined', 1, { reason: 'not_json' }); telemetry.flush();`);

    expect(lines).toHaveLength(2);
    expect(lines).toContainEqual(expect.objectContaining({ service: 'forward', Delivered: [2, 3] }));
    expect(lines).toContainEqual(expect.objectContaining({ service: 'forward', reason: 'not_json', Quarantined: 1 }));
  });

  it('writes nothing when there is nothing', () => {
    expect(written('telemetry.flush();')).toEqual([]);
  });
});
