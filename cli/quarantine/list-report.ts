import { jsonLines } from '../json-text.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import { minuteText } from '../ledger/reading.ts';
import type { OpenRoots } from '../replay/open-roots.ts';
import type { ReplayedBefore } from '../replay/replayed-before.ts';
import { column, count, printable, visible, wrap } from '../text.ts';
import type { QuarantineGroup } from './groups.ts';

/** Everything the list tells of. */
export interface QuarantineList {
  readonly open: Pick<OpenRoots, 'size'>;
  readonly before: ReplayedBefore;
  readonly groups: readonly QuarantineGroup[];
  /** The groups' samples in full, by root; one that can't be read any more isn't there. */
  readonly samples: ReadonlyMap<string, Pick<LedgerLine, 'messageId' | 'detail'>>;
  /** That the filter chose nothing of what is open; undefined if it chose something. */
  readonly unmatched: string | undefined;
  /** That replays what is listed, as the user would type it. */
  readonly command: string;
}

const BESIDE_COUNT = ' '.repeat(13);

/**
 * For people, in lines of 80 characters.
 * @param name of the bridge
 */
export function listText({ open, before, groups, samples, unmatched, command }: QuarantineList, name: string): string {
  const head = wrap(unmatched ?? `Open in the quarantine of ${name}: ${count(open.size, 'event')}.`, '');
  const byReason = Map.groupBy(groups, ({ reason }) => reason);
  const next = open.size === 0 ? [] : [`To see what would become of them with the mappings of today:\n  ${command}`];
  const parts = [head, ...[...byReason].map(([reason, members]) => reasonText(reason, members, samples)), ...beforeText(before, command), ...next];
  return printable(`${parts.join('\n\n')}\n`);
}

function reasonText(reason: string, groups: readonly QuarantineGroup[], samples: QuarantineList['samples']): string {
  const events = groups.reduce((sum, group) => sum + group.events, 0);
  return [`${column(events)}  ${visible(reason)}`, ...groups.map((group) => groupText(group, samples))].join('\n');
}

function groupText({ mapping = '(before any mapping)', day, events, sample }: QuarantineGroup, samples: QuarantineList['samples']): string {
  const detail = samples.get(sample.root)?.detail;
  const lines = [`${column(events)}    ${day}  ${visible(mapping)}`, `${BESIDE_COUNT}${visible(sample.root)}`];
  return [...lines, ...(detail === undefined ? [] : [wrap(visible(detail), BESIDE_COUNT)])].join('\n');
}

function beforeText({ delivered, filtered, notBack, unknown }: ReplayedBefore, command: string): readonly string[] {
  const { events, oldest } = notBack;
  const rows = [
    ...(delivered === 0 ? [] : [`${column(delivered)}  delivered since`]),
    ...(filtered === 0 ? [] : [`${column(filtered)}  filtered since`]),
    ...(unknown === 0 ? [] : [`${column(unknown)}  replayed before the archive begins, so nobody can tell`]),
    ...(events === 0 ? [] : [`${column(events)}  not come back yet`]),
  ];
  if (rows.length === 0) return [];
  const since = oldest === undefined ? [] : [wrap(`the oldest, ${visible(oldest.root)}, since ${minuteText(oldest.at)}. They wait in the queue or are dead letters. Once they are in neither, they are lost from there, and can be sent again:`, BESIDE_COUNT), `${BESIDE_COUNT}${command} --again all`];
  return [['Replayed before:', ...rows, ...since].join('\n')];
}

/** One JSON object a line: each group, and the summary last. */
export function listJson({ open, before, groups, samples, unmatched }: QuarantineList): string {
  const lines = groups.map(({ reason, mapping, day, events, sample: { root, line } }) => {
    const { messageId, detail } = samples.get(root) ?? {};
    return { group: { reason, mapping, day, events, sample: { sqsMessageId: root, messageId, field: line.field, detail } } };
  });
  return jsonLines([...lines, { summary: { open: open.size, unmatched, replayed: replayedJson(before) } }]);
}

function replayedJson({ delivered, filtered, notBack: { events, oldest }, unknown }: ReplayedBefore): object {
  const since = oldest === undefined ? undefined : { sqsMessageId: oldest.root, at: new Date(oldest.at).toISOString() };
  return { delivered, filtered, notBack: events, oldestNotBack: since, unknown };
}
