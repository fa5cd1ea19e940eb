import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..', '..');

/** What the telemetry writes for CloudWatch, line by line; in a process of its own, as its console is its own too. */
function written(calls: string): Readonly<Record<string, unknown>>[] {
  const script = `import { createTelemetry } from './lambda/telemetry.ts'; const telemetry = createTelemetry({ service: 'forward', stack: 'Bridge' }); ${calls}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: PROJECT, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  return `${stdout}${stderr}`.trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('createTelemetry', () => {
  it('writes a line with the event and every field', () => {
    expect(written(`telemetry.error('metronome_token_not_set', { advice: 'Set it.', command: 'aws …', events: 3 });`)).toMatchObject([
      { level: 'ERROR', message: 'metronome_token_not_set', service: 'forward', advice: 'Set it.', command: 'aws …', events: 3 },
    ]);
  });

  it('writes the sums of what was counted in one line, and what has a dimension in one for each of its values', () => {
    const lines = written(`
      telemetry.count('Delivered', 2); telemetry.count('Delivered', 3); telemetry.count('Returned', 0);
      for (let each = 0; each < 250; each += 1) telemetry.count('MetronomeAnswers', 1, { answer: '2xx' });
      telemetry.count('MetronomeAnswers', 1, { answer: '429' }); telemetry.flush();`);

    expect(lines).toHaveLength(3);
    expect(lines).toContainEqual(expect.objectContaining({ service: 'forward', stack: 'Bridge', Delivered: 5, Returned: 0 }));
    expect(lines).toContainEqual(expect.objectContaining({ service: 'forward', stack: 'Bridge', answer: '2xx', MetronomeAnswers: 250 }));
    expect(lines).toContainEqual(expect.objectContaining({ service: 'forward', stack: 'Bridge', answer: '429', MetronomeAnswers: 1 }));
  });

  it('tells CloudWatch the dimensions by which alarms and dashboard ask', () => {
    const lines = written(`telemetry.count('Delivered'); telemetry.count('Quarantined', 1, { reason: 'not_json' }); telemetry.flush();`);

    const dimensions = lines.flatMap(({ _aws }) => (_aws as { CloudWatchMetrics: readonly { Dimensions: string[][] }[] }).CloudWatchMetrics.map(({ Dimensions }) => Dimensions));
    expect(dimensions.map((sets) => sets.map((set) => set.toSorted()))).toEqual([[['service', 'stack']], [['reason', 'service', 'stack']]]);
  });

  it('hands over every single value of a measure, a hundred in a line, and none of a dimension that was counted meanwhile', () => {
    const lines = written(`
      telemetry.count('Quarantined', 1, { reason: 'not_json' });
      telemetry.measure('DeliveryLag', Array.from({ length: 250 }, (_, index) => index)); telemetry.measure('EventsPerRequest', []); telemetry.flush();`);

    const lags = lines.filter((line) => 'DeliveryLag' in line);
    expect(lags.flatMap(({ DeliveryLag }) => DeliveryLag)).toEqual(Array.from({ length: 250 }, (_, index) => index));
    expect(lags).toHaveLength(3);
    for (const line of lags) expect(line).not.toHaveProperty('reason');
  });

  it('begins anew after each invocation', () => {
    const lines = written(`telemetry.count('Delivered', 2); telemetry.flush(); telemetry.count('Delivered', 3); telemetry.flush();`);

    expect(lines.map(({ Delivered }) => Delivered)).toEqual([2, 3]);
  });

  it('writes nothing when there is nothing', () => {
    expect(written('telemetry.flush();')).toEqual([]);
  });
});
