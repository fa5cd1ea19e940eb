import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import { readMappingsText, usableMappings } from '../mappings.ts';
import type { UsableMappings } from '../mappings.ts';
import { withOperator } from '../operator/operator.ts';
import type { Operator } from '../operator/operator.ts';
import { OperatorError } from '../operator/operator-error.ts';
import { printable, wrap } from '../text.ts';
import { filterTexts } from './filter.ts';
import type { RootFilter } from './filter.ts';
import { lastMapped } from './last-mapped.ts';
import { filterOf } from './options.ts';
import type { ReplayFlags } from './options.ts';
import { createReading, damageText } from './reading.ts';
import type { Reading } from './reading.ts';
import { replay } from './replay.ts';
import type { ReplayWork } from './replay.ts';
import { writeReplayRecords } from './replay-records.ts';
import type { ReplayReason } from '../ledger/replay-record.ts';
import { judgedJson, replayText, summaryJson } from './report.ts';
import type { ReplayResult } from './report.ts';
import { completeQuarantined, selectFiltered, selectQuarantined } from './select.ts';
import type { Selection } from './select.ts';
import { createOutcomeTally } from './tally.ts';
import type { OutcomeKind } from './tally.ts';

/** Where events are replayed from. */
interface Source {
  readonly prefix: 'quarantine' | 'archive';
  readonly sends: (kind: OutcomeKind) => boolean;
  readonly select: (reading: Reading, filter: RootFilter, mappings: UsableMappings) => Promise<Selection>;
}

/** What is filtered by now is sent, too: its line in the archive closes it. */
export const FROM_QUARANTINE: Source = {
  prefix: 'quarantine',
  sends: (kind) => kind === 'delivered' || kind === 'delivered_in_part' || kind === 'filtered',
  select: async (reading, filter, { mappings }) => completeQuarantined(reading, await selectQuarantined(reading, filter, mappings)),
};

export const FROM_ARCHIVE: Source = {
  prefix: 'archive',
  sends: (kind) => kind === 'delivered' || kind === 'delivered_in_part',
  select: (reading, filter, { mappings }) => selectFiltered(reading, filter, mappings),
};

/**
 * Selects, judges, and with --yes sends.
 * @param command as the user would type it again
 */
export function runReplay(source: Source, flags: ReplayFlags, command: string, io: Io): Promise<ExitStatus> {
  const filter = filterOf(flags);
  return withOperator(flags, io, async (operator) => {
    const mappings = usableMappings(readMappingsText(operator.mappingsPath, io));
    const reading = createReading(operator, io);
    const selection = await source.select(reading, filter, mappings);
    await warn(reading, mappings, flags, io);
    const reason = { by: filterTexts(filter), mappingVersion: mappings.version };
    if (flags.yes === true) await recordClosed(selection, reason, operator, io);
    const { tally, replayed } = await judgeAndSend({ source, selection, mappings, flags, by: reason.by }, reading);
    const result: ReplayResult = { selection, tally, replayed, isDryRun: flags.yes !== true, mappings, command, sends: source.sends };
    await io.stdout.write(flags.json === true ? summaryJson(result) : printable(replayText(result)));
    const isAllSent = tally.counts().every(({ kind }) => source.sends(kind)) && replayed.unsent === 0;
    return isAllSent && reading.damaged() === 0 ? EXIT.fine : EXIT.foundProblems;
  });
}

interface Judging {
  readonly source: Source;
  readonly selection: Selection;
  readonly mappings: UsableMappings;
  readonly flags: ReplayFlags;
  readonly by: ReplayReason['by'];
}

async function judgeAndSend({ source, selection, mappings, flags, by }: Judging, reading: Reading): Promise<Pick<ReplayResult, 'tally' | 'replayed'>> {
  const tally = createOutcomeTally();
  const work: ReplayWork = {
    prefix: source.prefix,
    open: selection.open,
    mappings,
    sends: ({ kind }) => source.sends(kind),
    yes: flags.yes === true,
    rate: flags.rate,
    by,
    async onJudged({ line }, judgement) {
      tally.add(rootOf(line), judgement.outcome);
      if (flags.json === true) await reading.io.stdout.write(judgedJson(line, judgement));
    },
  };
  return { replayed: await replay(work, reading), tally };
}

/** An interrupted run may have queued events without a record: once they ended well, they get theirs, and the list is right. */
async function recordClosed({ closed }: Selection, reason: ReplayReason, operator: Operator, io: Io): Promise<void> {
  const at = new Date(io.now()).toISOString();
  if (closed.length > 0) await writeReplayRecords(operator, closed.map(({ root, sqsMessageId }) => ({ at, root, sqsMessageId })), reason, io.now());
}

/** @throws OperatorError if something is damaged and it isn't said to go on despite it */
async function warn(reading: Reading, { name, version }: UsableMappings, { yes, despiteDamage }: ReplayFlags, io: Io): Promise<void> {
  const last = await lastMapped(reading.operator, io.now());
  if (last !== undefined && last.mappingVersion !== version) {
    const note = `Note: the bridge last mapped at ${last.at}, with other mappings than ${name} has now. If they are not deployed since (or npm start restarted), do that before you send.`;
    await io.stderr.write(`${wrap(note, '')}\n`);
  }
  if (reading.damaged() === 0 || yes !== true || despiteDamage === true) return;
  throw new OperatorError(`${damageText(reading.damaged())} Nothing was sent: a replay might bill twice. To send all the same, add --despite-damage.`);
}
