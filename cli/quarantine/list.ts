import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { readMappingsText, usableMappings } from '../mappings.ts';
import { withOperator } from '../operator/operator.ts';
import { filterOf } from '../replay/options.ts';
import type { FilterFlags } from '../replay/options.ts';
import { createReading } from '../replay/reading.ts';
import { selectQuarantined } from '../replay/select.ts';
import { quarantineGroups } from './groups.ts';
import { listJson, listText } from './list-report.ts';
import { sampleLines } from './samples.ts';

/** Lists what waits for a person; those replayed before are only counted. */
export function listQuarantine(flags: FilterFlags, io: Io): Promise<ExitStatus> {
  const filter = filterOf(flags);
  return withOperator(flags, io, async (operator) => {
    const reading = createReading(operator, io);
    // Only the search for a customer needs to map, and mappings that can't be used mustn't hide the list.
    const mappings = filter.customer === undefined ? [] : usableMappings(readMappingsText(operator.mappingsPath, io)).mappings;
    const selection = await selectQuarantined(reading, filter, mappings);
    const groups = quarantineGroups(selection.open);
    const samples = await sampleLines(reading, groups.map(({ sample }) => sample));
    const list = { selection, groups, samples };
    await io.stdout.write(flags.json === true ? listJson(list) : listText(list, operator.name));
    return selection.open.size + reading.damaged() === 0 ? EXIT.fine : EXIT.foundProblems;
  });
}
