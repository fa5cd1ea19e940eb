import { compileMapping, compileTrigger, MappingError, TriggerError } from '../../lambda/mapping/index.ts';
import { readVectors } from '../lambda/mapping/vectors.ts';

/** Runs every known mapping and trigger over its event, in a process in which no text may become code. */
const outcomes = { mapped: 0, matched: 0, refused: 0 };

function counted(kind: 'mapped' | 'matched', run: () => unknown): void {
  try {
    run();
    outcomes[kind] += 1;
  } catch (error) {
    if (!(error instanceof MappingError || error instanceof TriggerError)) throw error;
    outcomes.refused += 1;
  }
}

for (const { mapping, event } of readVectors('mapping.json')) counted('mapped', () => compileMapping(mapping)(event));
for (const { fql, event } of readVectors('triggers.json')) counted('matched', () => compileTrigger(fql)(event));
counted('mapped', () => compileMapping({ '@liquid': '{{ event | upcase }}' })({ event: 'a' }));
process.stdout.write(JSON.stringify(outcomes));
