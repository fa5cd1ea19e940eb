import { describe, expect, it } from '@jest/globals';

import { createConsoleTelemetry } from '../../local/console-telemetry.ts';

function fixture(): { lines: string[]; clock: { now: number }; runLater: () => void; telemetry: ReturnType<typeof createConsoleTelemetry> } {
  const lines: string[] = [];
  const waiting: (() => void)[] = [];
  const clock = { now: Date.parse('2026-11-22T10:11:12Z') };
  const telemetry = createConsoleTelemetry({ write: (line) => lines.push(line), now: () => clock.now, later: (run) => waiting.push(run) });
  return { lines, clock, runLater: () => waiting.splice(0).forEach((run) => run()), telemetry };
}

describe('createConsoleTelemetry', () => {
  it('prints one line with the time, the event and its fields', () => {
    const { lines, telemetry } = fixture();

    telemetry.warn('event_quarantined', { reason: 'not_json', field: undefined, sqsMessageId: 'm-1' });
    telemetry.error('metronome_answer', { status: 500, wrong: ['signature', 'token'] });

    expect(lines).toEqual(['10:11:12 warn event_quarantined reason="not_json" sqsMessageId="m-1"', '10:11:12 error metronome_answer status=500 wrong=signature,token']);
  });

  it('prints the first of many alike, and a second later how many more there were', () => {
    const { lines, clock, runLater, telemetry } = fixture();

    for (let each = 0; each < 100; each += 1) telemetry.warn('event_quarantined', { reason: 'not_json', sqsMessageId: `m-${each}` });
    telemetry.warn('event_quarantined', { reason: 'missing_field', sqsMessageId: 'm-100' });
    clock.now += 1_000;
    runLater();
    telemetry.warn('event_quarantined', { reason: 'not_json', sqsMessageId: 'm-101' });

    expect(lines).toEqual([
      '10:11:12 warn event_quarantined reason="not_json" sqsMessageId="m-0"',
      '10:11:12 warn event_quarantined reason="missing_field" sqsMessageId="m-100"',
      '10:11:13 warn event_quarantined reason="not_json" (99 more like this)',
      '10:11:13 warn event_quarantined reason="not_json" sqsMessageId="m-101"',
    ]);
  });

  it('keeps apart what is wrong in different ways', () => {
    const { lines, telemetry } = fixture();

    telemetry.warn('credential_mismatch', { requestId: 'a', wrong: ['signature'] });
    telemetry.warn('credential_mismatch', { requestId: 'b', wrong: ['token'] });

    expect(lines).toHaveLength(2);
  });

  it('prints no metrics', () => {
    const { lines, telemetry } = fixture();

    telemetry.count('Delivered', 3);
    telemetry.measure('DeliveryLag', [1, 2]);
    telemetry.flush();

    expect(lines).toEqual([]);
  });
});
