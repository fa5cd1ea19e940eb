import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { ownMember } from '../../lambda/json-value.ts';
import { sampleEvent } from '../sample.ts';
import type { SampleView } from './api.ts';
import { eventIn } from './parsed-event.ts';

/** Larger files aren't samples. */
const MAX_FILE_BYTES = 256 * 1024;

/**
 * An event that the default mapping bills, new each time, and the project's single sample events as they are.
 * @param folder of the project's samples; may be missing
 */
export function samples(folder: string, now: number, newId: () => string): readonly SampleView[] {
  const fresh = { name: 'Report Exported (new each time)', event: JSON.stringify(sampleEvent(now, newId), undefined, 2) };
  return [fresh, ...filesIn(folder).flatMap((name) => sampleFrom(join(folder, name), name))];
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json')).toSorted();
  } catch (error) {
    if (ownMember(error, 'code') === 'ENOENT') return [];
    throw error;
  }
}

function sampleFrom(path: string, name: string): readonly SampleView[] {
  if (statSync(path).size > MAX_FILE_BYTES) return [];
  const event = readFileSync(path, 'utf8');
  return eventIn(event) === undefined ? [] : [{ name: name.replace(/\.json$/, ''), event: event.trim() }];
}
