import { describe, expect, it } from '@jest/globals';

import type { PostResult } from '../../../lambda/forward/metronome.ts';
import { reportAnswer } from '../../../lambda/forward/report-answer.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';
import { answered, NO_ANSWER } from './factories.ts';

describe('reportAnswer', () => {
  it.each<[PostResult, string]>([
    [answered(200), '2xx'],
    [answered(204), '2xx'],
    [answered(302), '3xx'],
    [answered(400), '400'],
    [answered(401), '401'],
    [answered(403), '403'],
    [answered(404), '4xx'],
    [answered(413), '4xx'],
    [answered(429), '429'],
    [answered(500), '5xx'],
    [answered(503), '5xx'],
    [NO_ANSWER, 'none'],
  ])('counts %j as %s, with how full the request was', (result, answer) => {
    const telemetry = recordingTelemetry();

    reportAnswer(42, result, telemetry);

    expect([...telemetry.counts]).toEqual([[`MetronomeAnswers{answer=${answer}}`, 1]]);
    expect([...telemetry.measures]).toEqual([['EventsPerRequest', [42]]]);
  });

  it('counts no request for a token that can not be sent', () => {
    const telemetry = recordingTelemetry();

    reportAnswer(42, { kind: 'unusable_token' }, telemetry);

    expect(telemetry.counts.size + telemetry.measures.size).toBe(0);
  });
});
