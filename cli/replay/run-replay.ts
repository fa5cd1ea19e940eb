import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { ReplayReason } from '../ledger/replay-record.ts';
import { readMappingsText, usableMappings } from '../mappings.ts';
import type { UsableMappings } from '../mappings.ts';
import { OperatorError } from '../operator/operator-error.ts';
import { withOperator } from '../operator/open-operator.ts';
import type { Operator } from '../operator/operator.ts';
import { printable } from '../text.ts';
import { openClaims, writeReplayRecords } from './claims.ts';
import type { Claims } from './claims.ts';
import { filterTexts } from './filter.ts';
import { filterOf } from './options.ts';
import type { ReplayFlags } from './options.ts';
import { createReading, damageText } from './reading.ts';
import type { Reading } from './reading.ts';
import { replay } from './replay.ts';
import { judgedJson, replayText, summaryJson } from './report.ts';
import type { ReplayResult } from './report.ts';
import { checkRunningMappings } from './running-mappings.ts';
import type { Selection } from './select.ts';
import type { Source } from './sources.ts';
import { createOutcomeTally } from './tally.ts';
import { unmatchedText } from './unmatched.ts';

/**
 * Selects, judges, and with --yes sends.
 * @param command as the user would type it again
 */
export function runReplay(source: Source, flags: ReplayFlags, command: string, io: Io): Promise<ExitStatus> {
  const filter = filterOf(flags);
  return withOperator(flags, io, async (operator) => {
    const mappings = usableMappings(readMappingsText(operator.mappingsPath, io));
    await checkRunningMappings(operator, mappings, flags, io);
    const reading = createReading(operator, io);
    const reason = { by: filterTexts(filter), mappingVersion: mappings.version };
    // Before it is read what is open: whatever another run claims from here on is the other's.
    const claims = flags.yes === true ? await openClaims(operator, reason, io.now(), io.now) : undefined;
    const selection = await source.select(reading, filter, mappings, flags);
    refuseDamaged(reading, flags);
    if (flags.yes === true) await recordClosed(selection, reason, operator, io);
    const judged = await judgeAndSend({ source, selection, mappings, flags, claims }, reading);
    const unmatched = selection.open.size === 0 ? unmatchedText(selection.everything, filter, source.what) : undefined;
    const isInterrupted = io.interruption?.aborted === true;
    const result: ReplayResult = { selection, unmatched, ...judged, isDryRun: flags.yes !== true, isInterrupted, mappings, command, sends: (kind) => source.sends(kind, flags) };
    await io.stdout.write(flags.json === true ? summaryJson(result) : printable(replayText(result)));
    return statusOf(result, reading);
  });
}

function statusOf({ tally, sends, replayed, unmatched, isInterrupted }: ReplayResult, reading: Reading): ExitStatus {
  if (isInterrupted) return EXIT.interrupted;
  const isAllSent = tally.counts().every(({ kind }) => sends(kind)) && replayed.unsent + replayed.taken === 0;
  return isAllSent && unmatched === undefined && reading.damaged() === 0 ? EXIT.fine : EXIT.foundProblems;
}

interface Judging {
  readonly source: Source;
  readonly selection: Selection;
  readonly mappings: UsableMappings;
  readonly flags: ReplayFlags;
  readonly claims: Claims | undefined;
}

async function judgeAndSend({ source, selection, mappings, flags, claims }: Judging, reading: Reading): Promise<Pick<ReplayResult, 'tally' | 'replayed'>> {
  const tally = createOutcomeTally();
  const replayed = await replay(
    {
      prefix: source.prefix,
      open: selection.open,
      mappings,
      nothingRenamed: flags.nothingRenamed === true,
      sends: ({ kind }) => source.sends(kind, flags),
      claims,
      rate: flags.rate,
      async onJudged({ line }, judgement) {
        tally.add(rootOf(line), judgement.outcome, judgement.usage);
        if (flags.json === true) await reading.io.stdout.write(judgedJson(line, judgement));
      },
    },
    reading,
  );
  return { replayed, tally };
}

/** An event that ended well without a record, by an older tool that was killed, gets one now, and the list is right. */
async function recordClosed({ closed }: Selection, reason: ReplayReason, operator: Operator, io: Io): Promise<void> {
  const at = new Date(io.now()).toISOString();
  if (closed.length > 0) await writeReplayRecords(operator, closed.map(({ root, sqsMessageId }) => ({ at, root, sqsMessageId })), reason, io.now());
}

/** @throws OperatorError if something is damaged and it isn't said to go on despite it */
function refuseDamaged(reading: Reading, { yes, despiteDamage }: ReplayFlags): void {
  if (reading.damaged() === 0 || yes !== true || despiteDamage === true) return;
  throw new OperatorError(`${damageText(reading.damaged())} Nothing was sent: a replay might bill twice. To send all the same, add --despite-damage.`);
}
