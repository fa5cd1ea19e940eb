import { jsonLines } from '../json-text.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { UsableMappings } from '../mappings.ts';
import { column, count, visible, wrap } from '../text.ts';
import type { Judgement } from './judge.ts';
import type { Replayed } from './replay.ts';
import type { Selection } from './select.ts';
import { faultOf } from './tally.ts';
import type { OutcomeCount, OutcomeKind, OutcomeTally } from './tally.ts';

/** Everything a replay's report tells of. */
export interface ReplayResult {
  readonly selection: Selection;
  readonly tally: OutcomeTally;
  readonly replayed: Replayed;
  readonly isDryRun: boolean;
  readonly mappings: Pick<UsableMappings, 'name' | 'version'>;
  /** The command that does it all over again, and that sends after a dry run. */
  readonly command: string;
  /** Whether an outcome is worth sending. */
  readonly sends: (kind: OutcomeKind) => boolean;
}

const WORDS: Readonly<Record<OutcomeKind, string>> = {
  delivered: 'would be delivered',
  delivered_in_part: 'would be delivered in part',
  filtered: 'would be filtered: no mapping matches any more',
  quarantined: 'would only be quarantined again',
  too_old: 'are too old to be billed safely',
  refused: "can't be replayed safely",
};
const INDENT = ' '.repeat(11);

/** For people: what would become of the events, or did; and the next step. */
export function replayText({ selection, tally, replayed, isDryRun, mappings, command, sends }: ReplayResult): string {
  const { open, stillFiltered } = selection;
  const lines = [`${count(open.size, 'event')} open${replayedNote(selection)}. With ${mappings.name} as it is now:`];
  lines.push(...tally.counts().map((one) => countText(one, sends(one.kind))));
  if (stillFiltered > 0) lines.push(`${column(stillFiltered)}  filtered as before`);
  if (open.size === 0) lines.splice(0, 1, emptyText(selection));
  lines.push('', ...endLines(replayed, isDryRun, command, tally, sends));
  return `${lines.join('\n').trimEnd()}\n`;
}

function countText({ kind, reason, events, sample }: OutcomeCount, isSent: boolean): string {
  const words = `${WORDS[kind]}${reason === undefined ? '' : `: ${reason}`}`;
  const example = visible(`e.g. ${sample.root}: ${sample.detail}`);
  return `${column(events)}  ${words}${isSent ? '' : ' (not sent)'}${sample.detail === undefined ? '' : `\n${wrap(example, INDENT)}`}`;
}

function emptyText(selection: Selection): string {
  return `No open events${selection.stillFiltered === 0 ? '' : ' that a mapping matches now'}${replayedNote(selection)}: nothing to replay.`;
}

function replayedNote({ replayed, closed }: Selection): string {
  const before = replayed + closed.length;
  return before === 0 ? '' : ` (${count(before, 'other')} replayed before)`;
}

function endLines({ queued, unsent }: Replayed, isDryRun: boolean, command: string, tally: OutcomeTally, sends: ReplayResult['sends']): string[] {
  const sendable = tally.counts().reduce((sum, { kind, events }) => sum + (sends(kind) ? events : 0), 0);
  if (isDryRun) return sendable === 0 ? [] : [wrap(`Nothing was sent. To send ${count(sendable, 'event')}:`, ''), `  ${command} --yes`];
  const failed = unsent === 0 ? '' : ` SQS did not take ${count(unsent, 'event')}; run it again for those.`;
  return [wrap(`${count(queued, 'event')} put into the queue again.${failed} What isn't delivered comes back into the quarantine.`, '')];
}

/** One event for machines. */
export function judgedJson(line: LedgerLine, { outcome }: Judgement): string {
  const { reason, detail } = faultOf(outcome);
  return jsonLines([{ sqsMessageId: rootOf(line), messageId: line.messageId, was: line.reason ?? line.fate, outcome: outcome.kind, reason, detail }]);
}

export function summaryJson({ selection, tally, replayed, isDryRun, mappings }: ReplayResult): string {
  const { open, replayed: replayedBefore, stillFiltered, closed } = selection;
  const outcomes = tally.counts().map(({ kind, reason, events }) => ({ outcome: kind, reason, events }));
  return jsonLines([{ summary: { open: open.size, replayedBefore: replayedBefore + closed.length, stillFiltered, outcomes, dryRun: isDryRun, ...replayed, mappings: mappings.name, mappingVersion: mappings.version } }]);
}
