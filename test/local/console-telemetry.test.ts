import { describe, expect, it } from '@jest/globals';

import { createConsoleTelemetry } from '../../local/console-telemetry.ts';

function fixture(): { lines: string[]; clock: { now: number }; telemetry: ReturnType<typeof createConsoleTelemetry> } {
  const lines: string[] = [];
  const clock = { now: Date.parse('2026-11-22T10:11:12Z') };
  return { lines, clock, telemetry: createConsoleTelemetry({ write: (line) => lines.push(line), now: () => clock.now }) };
}

describe('createConsoleTelemetry', () => {
  it('prints one line with the time, the event and its fields', () => {
    const { lines, telemetry } = fixture();

    telemetry.warn('event_quarantined', { sqsMessageId: 'm-1', reason: 'not_json', field: undefined });
    telemetry.error('metronome_answer', { status: 500, wrong: ['signature', 'token'] });

    expect(lines).toEqual(['10:11:12 warn event_quarantined sqsMessageId="m-1" reason="not_json"', '10:11:12 error metronome_answer status=500 wrong=signature,token']);
  });

  it('prints the first of many alike in a second, and counts the others on the next line', () => {
    const { lines, clock, telemetry } = fixture();

    for (let each = 0; each < 100; each += 1) telemetry.warn('event_quarantined', { reason: 'not_json' });
    telemetry.warn('another');
    clock.now += 1_000;
    telemetry.warn('event_quarantined', { reason: 'not_json' });

    expect(lines).toEqual([
      '10:11:12 warn event_quarantined reason="not_json"',
      '10:11:12 warn another',
      '10:11:13 warn event_quarantined reason="not_json" (and 99 more since the last line)',
    ]);
  });
});
