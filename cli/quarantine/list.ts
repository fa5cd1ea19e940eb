import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { jsonLines } from '../json-text.ts';
import { readMappingsText, usableMappings } from '../mappings.ts';
import { withOperator } from '../operator/operator.ts';
import { filterOf } from '../replay/options.ts';
import type { FilterFlags } from '../replay/options.ts';
import { createReading } from '../replay/reading.ts';
import { selectQuarantined } from '../replay/select.ts';
import type { Selection } from '../replay/select.ts';
import { column, count, printable, wrap } from '../text.ts';
import { quarantineGroups } from './groups.ts';
import type { QuarantineGroup } from './groups.ts';

/** Lists what waits for a person; those replayed before are only counted. */
export function listQuarantine(flags: FilterFlags, io: Io): Promise<ExitStatus> {
  const filter = filterOf(flags);
  return withOperator(flags, io, async (operator) => {
    const reading = createReading(operator, io);
    // Only the search for a customer needs to map, and mappings that can't be used mustn't hide the list.
    const mappings = filter.customer === undefined ? [] : usableMappings(readMappingsText(operator.mappingsPath, io)).mappings;
    const selection = await selectQuarantined(reading, filter, mappings);
    const groups = quarantineGroups(selection.open);
    await io.stdout.write(flags.json === true ? listJson(selection, groups) : printable(listText(selection, groups, operator.name)));
    return selection.open.length + reading.damaged() === 0 ? EXIT.fine : EXIT.foundProblems;
  });
}

function listText({ open, replayed }: Selection, groups: readonly QuarantineGroup[], name: string): string {
  const before = replayed === 0 ? '' : ` ${count(replayed, 'other')} replayed before, and not come back.`;
  const head = wrap(`Open in the quarantine of ${name}: ${count(open.length, 'event')}.${before}`, '');
  const byReason = Map.groupBy(groups, ({ reason }) => reason);
  return `${[head, ...[...byReason].map(([reason, members]) => reasonText(reason, members))].join('\n\n')}\n`;
}

function reasonText(reason: string, groups: readonly QuarantineGroup[]): string {
  const events = groups.reduce((sum, group) => sum + group.events, 0);
  const lines = [`${column(events)}  ${reason}`, ...groups.map(groupText)];
  return lines.join('\n');
}

function groupText({ mapping, day, events, sample }: QuarantineGroup): string {
  const { detail } = sample.line;
  const lines = [`${column(events)}    ${day}  ${mapping ?? '(before any mapping)'}`, `${' '.repeat(13)}${sample.root}`];
  if (detail !== undefined) lines.push(wrap(detail, ' '.repeat(13)));
  return lines.join('\n');
}

function listJson({ open, replayed }: Selection, groups: readonly QuarantineGroup[]): string {
  const lines = groups.map(({ reason, mapping, day, events, sample: { root, line } }) => ({
    group: { reason, mapping, day, events, sample: { sqsMessageId: root, messageId: line.messageId, field: line.field, detail: line.detail } },
  }));
  return jsonLines([...lines, { summary: { open: open.length, replayed } }]);
}
