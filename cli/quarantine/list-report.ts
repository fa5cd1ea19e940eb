import { jsonLines } from '../json-text.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { Selection } from '../replay/select.ts';
import { column, count, printable, visible, wrap } from '../text.ts';
import type { QuarantineGroup } from './groups.ts';

/** Everything the list tells of. */
export interface QuarantineList {
  readonly selection: Pick<Selection, 'open' | 'replayed'>;
  readonly groups: readonly QuarantineGroup[];
  /** The groups' samples in full, by root; one that can't be read any more isn't there. */
  readonly samples: ReadonlyMap<string, Pick<LedgerLine, 'messageId' | 'detail'>>;
}

const BESIDE_COUNT = ' '.repeat(13);

/**
 * For people, in lines of 80 characters.
 * @param name of the bridge
 */
export function listText({ selection: { open, replayed }, groups, samples }: QuarantineList, name: string): string {
  const before = replayed === 0 ? '' : ` ${count(replayed, 'other')} replayed before, and not come back.`;
  const head = wrap(`Open in the quarantine of ${name}: ${count(open.size, 'event')}.${before}`, '');
  const byReason = Map.groupBy(groups, ({ reason }) => reason);
  return printable(`${[head, ...[...byReason].map(([reason, members]) => reasonText(reason, members, samples))].join('\n\n')}\n`);
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

/** One JSON object a line: each group, and the summary last. */
export function listJson({ selection: { open, replayed }, groups, samples }: QuarantineList): string {
  const lines = groups.map(({ reason, mapping, day, events, sample: { root, line } }) => {
    const { messageId, detail } = samples.get(root) ?? {};
    return { group: { reason, mapping, day, events, sample: { sqsMessageId: root, messageId, field: line.field, detail } } };
  });
  return jsonLines([...lines, { summary: { open: open.size, replayed } }]);
}
