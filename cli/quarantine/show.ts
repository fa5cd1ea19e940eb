import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { jsonLines, jsonObject, jsonText } from '../json-text.ts';
import { createIdNumbers } from '../ledger/id-numbers.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import { readMappingsText, usableMappings } from '../mappings.ts';
import { withOperator } from '../operator/operator.ts';
import type { Operator, OperatorOptions } from '../operator/operator.ts';
import { createHistories } from '../replay/histories.ts';
import { judge } from '../replay/judge.ts';
import type { Judgement } from '../replay/judge.ts';
import { createReading } from '../replay/reading.ts';
import { faultOf } from '../replay/tally.ts';
import { visible, wrap } from '../text.ts';
import { showText } from './show-text.ts';

interface ShowOptions extends OperatorOptions {
  readonly json?: boolean | undefined;
}

const EVERYTHING = { from: 0, to: Number.POSITIVE_INFINITY };

/** Shows what the quarantine holds of an event, by its SQS message id or Segment's messageId, and what would become of it. */
export function showQuarantined(id: string, options: ShowOptions, io: Io): Promise<ExitStatus> {
  return withOperator(options, io, async (operator) => {
    const entries = await entriesOf(id, operator, io);
    const entry = latestOf(entries);
    if (entry === undefined) {
      await io.stderr.write(`${wrap(`The quarantine of ${operator.name} holds no event with the id ${visible(id)}. Look for it everywhere: npm run bridge -- trace ${visible(id)}`, '')}\n`);
      return EXIT.foundProblems;
    }
    const mappings = usableMappings(readMappingsText(operator.mappingsPath, io));
    const root = rootOf(entry.line);
    const histories = createHistories();
    for (const { line } of entries) if (rootOf(line) === root) histories.addLine(line);
    const delivered = histories.open('quarantined').find(root)?.delivered ?? [];
    const judgement = judge(entry, { root, delivered }, mappings.mappings, io.now());
    await io.stdout.write(options.json === true ? showJson(entry, judgement) : showText(entry, judgement, mappings.name));
    return EXIT.fine;
  });
}

/** The sieve also finds ids inside of events, so the head decides. */
async function entriesOf(id: string, operator: Operator, io: Io): Promise<readonly LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  const ids = createIdNumbers();
  ids.add(id);
  for await (const entry of createReading(operator, io).lines({ prefixes: ['quarantine'], ...EVERYTHING }, ids)) {
    const { sqsMessageId, replayOf, messageId } = entry.line;
    if ([sqsMessageId, replayOf, messageId].includes(id)) entries.push(entry);
  }
  return entries;
}

/** Of those with a fate. */
function latestOf(entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  const settled = entries.filter(({ line }) => line.fate === 'quarantined');
  return settled.length === 0 ? undefined : settled.reduce((latest, one) => (one.line.at > latest.line.at ? one : latest));
}

function showJson({ line, eventText }: LedgerEntry, { outcome, usage }: Judgement): string {
  const event = line.eventEncoding === undefined ? eventText : jsonText(eventText);
  const now = usage.map((one) => (one.kind === 'ready' ? { mapping: one.mapping, transactionId: one.transactionId } : { mapping: one.mapping, transactionId: one.transactionId, ...one.fault }));
  return `${jsonObject({ line: jsonLines([line]).trimEnd(), event, now: jsonText({ outcome: outcome.kind, ...faultOf(outcome), usage: now }) })}\n`;
}
