import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { readMappingsText, usableMappings } from '../mappings.ts';
import { withOperator } from '../operator/open-operator.ts';
import { archivedFrom, archiveDaysOf } from '../replay/archive.ts';
import { filterOf } from '../replay/options.ts';
import type { FilterFlags } from '../replay/options.ts';
import { createReading } from '../replay/reading.ts';
import { replayedBefore } from '../replay/replayed-before.ts';
import { readQuarantine } from '../replay/select.ts';
import { everything, unmatchedText } from '../replay/unmatched.ts';
import { quarantineGroups } from './groups.ts';
import { listJson, listText } from './list-report.ts';
import { sampleLines } from './samples.ts';

/** Lists what waits for a person, and counts what became of those replayed before. */
export function listQuarantine(flags: FilterFlags, command: string, io: Io): Promise<ExitStatus> {
  const filter = filterOf(flags);
  return withOperator(flags, io, async (operator) => {
    const reading = createReading(operator, io);
    // Only the search for a customer needs to map, and mappings that can't be used mustn't hide the list.
    const mappings = filter.customer === undefined ? [] : usableMappings(readMappingsText(operator.mappingsPath, io)).mappings;
    const quarantine = await readQuarantine(reading, filter, mappings);
    const open = quarantine.histories.open('quarantined', quarantine.isSelected);
    const unmatched = open.size === 0 ? unmatchedText(everything(quarantine.histories.open('quarantined')), filter, 'open') : undefined;
    const groups = quarantineGroups(open);
    const samples = await sampleLines(reading, groups.map(({ sample }) => sample));
    const before = await replayedBefore(reading, quarantine, archivedFrom(archiveDaysOf(operator, io), io.now()));
    const list = { open, before, groups, samples, unmatched, command };
    await io.stdout.write(flags.json === true ? listJson(list) : listText(list, operator.name));
    return open.size + before.notBack.events + reading.damaged() === 0 && unmatched === undefined ? EXIT.fine : EXIT.foundProblems;
  });
}
