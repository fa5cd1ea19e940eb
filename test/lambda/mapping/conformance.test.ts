import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

import { afterAll, describe, expect, it } from '@jest/globals';

import { compileMapping, compileTrigger, MappingError, toUsageEvent, TriggerError, UsageEventError } from '../../../lambda/mapping/index.ts';
import { deepFreeze, DEFAULT_MAPPING, DEFAULT_TRIGGER, expectedError, expectedValue, readVectors } from './vectors.ts';
import type { Vector, VectorFile } from './vectors.ts';

/** The rows of the page's last table, `| \`file\` | \`case\` | why |`. */
const DEVIATIONS = [...readFileSync(new URL('../../../docs/compatibility.md', import.meta.url), 'utf8').matchAll(/^\| `(\w+\.json)` \| `(.+?)` \| .+\|$/gm)].map(
  ([, file = '', name = '']) => ({ file, name }),
);

/** What the bridge makes of a case, in the words of its file: 'error' for any failure. */
type Outcome = (vector: Vector) => unknown;

const FILES: Readonly<Record<VectorFile, Outcome>> = {
  'mapping.json': ({ mapping, event }) => attempt(() => compileMapping(deepFreeze(mapping))(deepFreeze(event))),
  'triggers.json': ({ fql, event }) => {
    try {
      return compileTrigger(fql)(deepFreeze(event));
    } catch (error) {
      return error instanceof TriggerError ? `${error.stage} error` : error;
    }
  },
  // A trigger that can't be read matches nothing at hosted; the bridge refuses it before it is deployed.
  'metronome.json': ({ mapping, event, trigger = DEFAULT_TRIGGER }) => {
    const matches = trigger === null ? () => true : attempt(() => compileTrigger(trigger));
    if (typeof matches !== 'function') return { skipped: true };
    return attempt(() => {
      if (!matches(event)) return { skipped: true };
      return { sent: JSON.parse(JSON.stringify(toUsageEvent(compileMapping(deepFreeze(mapping ?? DEFAULT_MAPPING))(deepFreeze(event))))) };
    });
  },
};

describe.each(['mapping.json', 'triggers.json', 'metronome.json'] as const)('%s, against the hosted destination', (file) => {
  const vectors = readVectors(file);
  const deviating = vectors.filter(({ name }) => DEVIATIONS.some((deviation) => deviation.file === file && deviation.name === name));
  const same = vectors.filter((vector) => !deviating.includes(vector));
  let passed = 0;

  it.each(same)('$name', (vector) => {
    expect(FILES[file](vector)).toStrictEqual(expectedOutcome(file, vector));
    passed += 1;
  });

  it('deviates only as docs/compatibility.md says, and there really', () => {
    expect(deviating.filter((vector) => isDeepStrictEqual(FILES[file](vector), expectedOutcome(file, vector)))).toEqual([]);
  });

  afterAll(() => {
    process.stdout.write(`${file}: ${passed} passed, ${deviating.length} deviating, ${vectors.length} in all\n`);
  });
});

describe('docs/compatibility.md', () => {
  it('names one case, which exists', () => {
    expect(DEVIATIONS).toEqual([{ file: 'metronome.json', name: 'dynamicAuthSettings passes through' }]);
    expect(readVectors('metronome.json').map(({ name }) => name)).toContain('dynamicAuthSettings passes through');
  });
});

function expectedOutcome(file: VectorFile, vector: Vector): unknown {
  const error = expectedError(vector);
  if (error === undefined) return expectedValue(vector.expected);
  if (file !== 'triggers.json') return 'error';
  return error.startsWith('parse:') ? 'parse error' : 'evaluate error';
}

/** Only what the engine says on purpose counts as a failure of the event. */
function attempt<Result>(run: () => Result): Result | 'error' {
  try {
    return run();
  } catch (error) {
    if (error instanceof MappingError || error instanceof TriggerError || error instanceof UsageEventError) return 'error';
    throw error;
  }
}
