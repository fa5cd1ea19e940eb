import { describe, expect, it } from '@jest/globals';

import { DIRECTIVE_NAMES } from '../../../../../lambda/mapping/directives.ts';
import { checkMappingsText } from '../../../../../lib/mappings-file.ts';
import { DIRECTIVES } from '../../../../../local/studio/page/mappings/directives.ts';
import { freeName, newEntry, readEntry } from '../../../../../local/studio/page/mappings/entry.ts';

describe('readEntry', () => {
  it('reads what a list shows', () => {
    const text = JSON.stringify({
      name: 'A',
      trigger: 'type = "track"',
      mapping: { transaction_id: { '@template': '{{messageId}}' }, customer_id: { '@path': '$.userId' }, event_type: 'export', properties: { a: { '@path': '$.b' } } },
      acknowledge: ['x'],
    });

    expect(readEntry(text)).toEqual({
      isReadable: true,
      name: 'A',
      isEnabled: true,
      trigger: 'type = "track"',
      fields: [
        { field: 'transaction_id', source: '{{messageId}}' },
        { field: 'customer_id', source: '$.userId' },
        { field: 'timestamp', source: '' },
        { field: 'event_type', source: '"export"' },
        { field: 'properties', source: '{"a":{"@path":"$.b"}}' },
      ],
      acknowledged: ['x'],
    });
  });

  it('shows constants as they are written, digit for digit', () => {
    const { fields } = readEntry('{"mapping": {"event_type": 12345678901234567890, "properties": {"rate": 0.1234567890123456789,\n "a b": "c d"}}}');

    expect(fields.map(({ source }) => source)).toEqual(['', '', '', '12345678901234567890', '{"rate":0.1234567890123456789,"a b":"c d"}']);
  });

  it.each(['', '{', '[]', 'null', '1'])('takes %j for unreadable', (text) => {
    expect(readEntry(text).isReadable).toBe(false);
  });

  it('survives members of a wrong kind', () => {
    expect(readEntry('{"name": 1, "enabled": "no", "trigger": null, "mapping": [], "acknowledge": "x"}')).toMatchObject({ name: '', isEnabled: true, trigger: '', acknowledged: [] });
  });
});

describe('newEntry', () => {
  it('is a mapping that the linter has nothing against, once it is on', () => {
    const file = `{"mappings": [${newEntry([]).replace('"enabled": false', '"enabled": true')}]}`;

    expect(checkMappingsText(file, 'mappings.json')).toMatchObject({ problems: [], findings: [] });
  });

  it('has a name of its own', () => {
    expect(readEntry(newEntry(['New mapping', 'New mapping 2'])).name).toBe('New mapping 3');
    expect(freeName('A', ['B'])).toBe('A');
  });
});

describe('the directives that the editor offers', () => {
  it('are those of the mapper', () => {
    expect(DIRECTIVES.map(({ name }) => name).toSorted()).toEqual(DIRECTIVE_NAMES.toSorted());
  });

  it.each(DIRECTIVES.map(({ name, value }) => [name, value]))('%s is JSON once it is filled in', (_, value) => {
    const filled = value.replaceAll(/(?<=: |^)#\{\}/gu, '1').replaceAll('#{}', 'x');

    expect(() => JSON.parse(filled)).not.toThrow();
  });
});
