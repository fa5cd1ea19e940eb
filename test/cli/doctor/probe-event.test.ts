import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { probeEvent } from '../../../cli/doctor/probe-event.ts';
import { compileMappings } from '../../../lambda/mapping/index.ts';
import type { CompiledMapping } from '../../../lambda/mapping/index.ts';
import { NOW } from '../io-double.ts';
import { PROJECT_FOLDER } from '../../helpers/project.ts';

function mappingsWith(...triggers: readonly string[]): readonly CompiledMapping[] {
  return compileMappings(JSON.stringify({ mappings: triggers.map((trigger, index) => ({ name: `m${index}`, trigger, mapping: {} })) })).mappings;
}

const probe = (mappings: readonly CompiledMapping[]) => probeEvent(mappings, NOW, () => 'id');

describe('probeEvent', () => {
  it('is an event as Segment has them, with an id that says whose it is', () => {
    expect(probe([])).toEqual({ type: 'alias', messageId: 'bridge-doctor-id', timestamp: '2026-11-22T12:00:00.000Z', context: { library: { name: 'bridge doctor', version: '1' } } });
  });

  it.each([
    ['the default mapping', compileMappings(readFileSync(join(PROJECT_FOLDER, 'mappings.json'), 'utf8')).mappings, 'alias'],
    ['a trigger for its first choice', mappingsWith('type = "alias"'), 'group'],
    ['triggers for all but one', mappingsWith('type != "page"'), 'page'],
    ['triggers for each type, and one event name', mappingsWith('type != "track"', 'event = "Order Completed"'), 'track'],
    ['a trigger that can not be evaluated', mappingsWith('type = "alias" and ()'), 'group'],
  ])('is one that nobody takes, with %s', (_, mappings, type) => {
    const event = probe(mappings);

    expect(event?.['type']).toBe(type);
    expect(mappings.filter((mapping) => matchesQuietly(mapping, event))).toEqual([]);
  });

  it.each([['type != "nothing"'], ['event != "Order Completed"'], ['userId = null'], ['type = "alias" or ()']])('is none if all are taken: %s', (trigger) => {
    expect(probe(mappingsWith(trigger))).toBeUndefined();
  });
});

function matchesQuietly(mapping: CompiledMapping, event: unknown): boolean {
  try {
    return mapping.matches(event);
  } catch {
    return true;
  }
}
