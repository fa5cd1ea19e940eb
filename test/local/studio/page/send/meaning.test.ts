import { describe, expect, it } from '@jest/globals';

import { bodyTooLarge, accepted, mismatch, NO_CREDENTIAL, UNAVAILABLE } from '../../../../../lambda/ingest/answer.ts';
import type { Answer } from '../../../../../lambda/ingest/answer.ts';
import type { SendRequest } from '../../../../../local/studio/api.ts';
import { meaningOf } from '../../../../../local/studio/page/send/meaning.ts';

describe('meaningOf', () => {
  it.each<readonly [SendRequest['kind'], Answer, boolean, string]>([
    ['single', accepted(1), true, 'Accepted: 1 event is in the queue'],
    ['batch', accepted(3), true, 'Accepted: 3 events are in the queue'],
    ['single', UNAVAILABLE, false, 'Refused for now: Segment keeps the event'],
    ['bad_signature', mismatch(['signature']), true, 'Refused for now, as it should be: Segment keeps the event'],
    ['bad_signature', NO_CREDENTIAL, false, 'Refused for good: Segment drops the event'],
    ['bad_signature', accepted(1), false, 'Accepted: 1 event is in the queue, and Segment is done with it. That is not what such a request should get.'],
    ['oversize', bodyTooLarge(5_000_001), true, 'Refused for good, as it should be: Segment drops the event'],
    ['batch', bodyTooLarge(5_000_001), false, 'Refused for good: Segment drops the event'],
  ])('tells of %s with the answer %j', (kind, { status, body }, isRight, beginning) => {
    const meaning = meaningOf(kind, status, JSON.stringify(body));

    expect(meaning).toEqual({ isRight, sentence: expect.stringContaining(beginning) });
  });

  it.each([
    [200, 'Accepted'],
    [400, 'Refused for good'],
    [404, 'Refused for good'],
    [408, 'Refused for now'],
    [423, 'Refused for now'],
    [429, 'Refused for now'],
    [500, 'Refused for now'],
    [501, 'Refused for good'],
    [504, 'Refused for now'],
  ])('knows what Segment does at %d', (status, beginning) => {
    expect(meaningOf('single', status, '').sentence).toMatch(new RegExp(`^${beginning}`));
  });
});
