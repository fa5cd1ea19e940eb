import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { serverEventParser } from '../../../../../local/studio/page/api/server-events.ts';

describe('serverEventParser', () => {
  it.each([
    ['a named event', 'event: counts\ndata: {"a":1}\n\n', [{ name: 'counts', body: '{"a":1}' }]],
    ['an event without a name', 'data: 1\n\n', [{ name: 'message', body: '1' }]],
    ['data of several lines', 'data: 1\ndata: 2\n\n', [{ name: 'message', body: '1\n2' }]],
    ['no blank after the colon', 'data:1\n\n', [{ name: 'message', body: '1' }]],
    ['a comment, which is nothing', ':\n\n', []],
    ['a name without data, which is nothing', 'event: counts\n\n', []],
    ['an event that is not whole yet', 'data: 1\n', []],
    ['a name that counts for its own event only', 'event: a\ndata: 1\n\ndata: 2\n\n', [{ name: 'a', body: '1' }, { name: 'message', body: '2' }]],
  ])('reads %s', (_, text, events) => {
    expect(serverEventParser()(text)).toEqual(events);
  });

  it.each(['\n', '\r\n', '\r'])('finds the same events wherever the text is cut, lines ending in %j', (lineEnd) => {
    const lines = ['event: events', 'data: [{"name":"é 🎉"}]', '', ': still there', '', 'data: a', 'data: b', '', ''];
    const text = lines.join(lineEnd);
    const whole = [{ name: 'events', body: '[{"name":"é 🎉"}]' }, { name: 'message', body: 'a\nb' }];

    fc.assert(
      fc.property(fc.array(fc.nat({ max: text.length }), { maxLength: 8 }), (cuts) => {
        const parse = serverEventParser();
        const places = [0, ...cuts.toSorted((one, other) => one - other), text.length];
        const events = places.flatMap((from, index) => parse(text.slice(from, places[index + 1])));

        // A carriage return at the very end may be half of a line's end, so the next piece has to come first.
        expect([...events, ...parse('x')]).toEqual(whole);
      }),
    );
  });
});
