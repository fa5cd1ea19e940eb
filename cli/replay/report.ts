import { jsonLines } from '../json-text.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { UsableMappings } from '../mappings.ts';
import { column, count, visible, wrap } from '../text.ts';
import type { Judgement } from './judge.ts';
import { outcomeWords } from './outcome-words.ts';
import type { Replayed } from './rounds.ts';
import type { Selection } from './select.ts';
import { faultOf } from './tally.ts';
import type { OutcomeCount, OutcomeKind, OutcomeTally } from './tally.ts';

/** Everything a replay's report tells of. */
export interface ReplayResult {
  readonly selection: Selection;
  /** That the filter chose nothing of what there is; undefined if it chose something. */
  readonly unmatched: string | undefined;
  readonly tally: OutcomeTally;
  readonly replayed: Replayed;
  readonly isDryRun: boolean;
  readonly isInterrupted: boolean;
  readonly mappings: Pick<UsableMappings, 'name' | 'version'>;
  /** The command that does it all over again, and that sends after a dry run. */
  readonly command: string;
  /** Whether an outcome is worth sending. */
  readonly sends: (kind: OutcomeKind) => boolean;
}

const INDENT = ' '.repeat(11);

/** For people: what would become of the events, or did; and the next step. */
export function replayText(result: ReplayResult): string {
  const { selection, tally, isDryRun, isInterrupted, mappings, sends } = result;
  const lines = [headText(result)];
  lines.push(...tally.counts().map((one) => countText(one, isDryRun || isInterrupted, sends(one.kind))));
  if (selection.stillFiltered > 0) lines.push(`${column(selection.stillFiltered)}  filtered as before`);
  lines.push(...usageLines(tally, sends, mappings.name), '', ...endLines(result));
  return `${lines.join('\n').trimEnd()}\n`;
}

function headText({ selection, unmatched, mappings }: ReplayResult): string {
  const { open, stillFiltered, replayed, closed } = selection;
  const before = replayed + closed.length;
  const note = before === 0 ? '' : ` (${count(before, 'other')} replayed before)`;
  if (unmatched !== undefined) return wrap(unmatched, '');
  if (open.size === 0) return `No open events${stillFiltered === 0 ? '' : ' that a mapping matches now'}${note}: nothing to replay.`;
  return `${count(open.size, 'event')} open${note}. With ${mappings.name} as it is now:`;
}

function countText({ kind, reason, events, sample }: OutcomeCount, isDryRun: boolean, isSent: boolean): string {
  const words = `${outcomeWords(kind, isDryRun, isSent)}${reason === undefined ? '' : `: ${reason}`}`;
  const example = visible(`e.g. ${sample.root}: ${sample.detail}`);
  return `${column(events)}  ${words}${isSent || !isDryRun ? '' : ' (not sent)'}${sample.detail === undefined ? '' : `\n${wrap(example, INDENT)}`}`;
}

function usageLines(tally: OutcomeTally, sends: ReplayResult['sends'], name: string): string[] {
  const usage = [...tally.usage(sends)];
  if (usage.length === 0) return [];
  return ['', `Usage events to Metronome, by the mappings of ${name}:`, ...usage.map(([mapping, events]) => `${column(events)}  ${visible(mapping)}`)];
}

function endLines(result: ReplayResult): string[] {
  const { tally, replayed, isDryRun, isInterrupted, command, sends, selection } = result;
  const sendable = tally.counts().reduce((sum, { kind, events }) => sum + (sends(kind) ? events : 0), 0);
  if (isDryRun) return sendable === 0 ? [] : [wrap(`Nothing was sent. To send ${count(sendable, 'event')}:`, ''), `  ${command} --yes`];
  if (isInterrupted) return [wrap(`Interrupted: ${replayed.queued} of ${count(selection.open.size, 'event')} put into the queue, and recorded. To go on with the rest:`, ''), `  ${command} --yes`];
  if (selection.open.size === 0) return [];
  const taken = replayed.taken === 0 ? '' : ` ${count(replayed.taken, 'event')} left to another replay that runs at the same time.`;
  const failed = replayed.unsent === 0 ? '' : ` SQS did not take ${count(replayed.unsent, 'event')}; run it again for those.`;
  if (replayed.queued === 0) return [wrap(`Nothing was sent.${failed}${taken}`, '')];
  return [wrap(`${count(replayed.queued, 'event')} put into the queue again.${failed}${taken} What isn't delivered comes back into the quarantine.`, '')];
}

/** One event for machines. */
export function judgedJson(line: LedgerLine, { outcome }: Judgement): string {
  const { reason, detail } = faultOf(outcome);
  return jsonLines([{ sqsMessageId: rootOf(line), messageId: line.messageId, was: line.reason ?? line.fate, outcome: outcome.kind, reason, detail }]);
}

export function summaryJson({ selection, unmatched, tally, replayed, isDryRun, isInterrupted, mappings, sends }: ReplayResult): string {
  const { open, replayed: replayedBefore, stillFiltered, closed } = selection;
  const outcomes = tally.counts().map(({ kind, reason, events }) => ({ outcome: kind, reason, events }));
  const counts = { open: open.size, unmatched, replayedBefore: replayedBefore + closed.length, stillFiltered, outcomes, usage: Object.fromEntries(tally.usage(sends)) };
  return jsonLines([{ summary: { ...counts, dryRun: isDryRun, interrupted: isInterrupted, ...replayed, mappings: mappings.name, mappingVersion: mappings.version } }]);
}
