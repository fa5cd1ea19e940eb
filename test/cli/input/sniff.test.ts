import { describe, expect, it } from '@jest/globals';

import { formatByContent, formatByName } from '../../../cli/input/sniff.ts';

describe('formatByName', () => {
  it.each([
    ['events.ndjson', 'ndjson'],
    ['events.JSONL', 'ndjson'],
    ['events.ndjson.gz', 'ndjson'],
    ['events.json', undefined],
    ['events.json.gz', undefined],
    ['stdin', undefined],
  ])('%s → %s', (path, format) => {
    expect(formatByName(path)).toBe(format);
  });
});

describe('formatByContent', () => {
  it.each([
    ['one event', '{"type":"track"}', 'json'],
    ['an indented event', '{\n  "type": "track"\n}', 'json'],
    ['an indented array', '[\n  {\n    "type": "track"\n  }\n]', 'json'],
    ['an array with an event a line', '[\n{"a":1},\n{"b":2}\n]', 'json'],
    ['an array whose first element stands beside its bracket', '[{"a":1},\n{"b":2}]', 'json'],
    ['two lines', '{"a":1}\n{"b":2}\n', 'ndjson'],
    ['lines with a broken one first', '{"a":1,\'}\n{"b":2}\n', 'ndjson'],
    ['lines after blank ones', '\n\r\n[{"a":1}]\r\n{"b":2}\r\n', 'ndjson'],
    ['nothing', '', 'json'],
  ])('%s', (_, head, format) => {
    expect(formatByContent(head)).toBe(format);
  });
});
