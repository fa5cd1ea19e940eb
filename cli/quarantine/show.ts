import { ConfigError } from '../../lib/config.ts';
import type { Usage } from '../../lambda/forward/route.ts';
import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { jsonLines, jsonObject, jsonText } from '../json-text.ts';
import { createIdNumbers } from '../ledger/id-numbers.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import { readMappingsText, usableMappings } from '../mappings.ts';
import type { UsableMappings } from '../mappings.ts';
import { withOperator } from '../operator/open-operator.ts';
import type { Operator, OperatorOptions } from '../operator/operator.ts';
import { operatorFlags } from '../operator/options.ts';
import { judge } from '../replay/judge.ts';
import { faultOf } from '../replay/tally.ts';
import { createReading } from '../replay/reading.ts';
import type { Reading } from '../replay/reading.ts';
import { unbroken, visible, wrap } from '../text.ts';
import { storedMessageId } from '../trace/find.ts';
import type { Journey } from '../trace/journey.ts';
import { journeyOfRoot } from './journey-of-root.ts';
import { showText } from './show-text.ts';
import type { Shown } from './shown.ts';

interface ShowOptions extends OperatorOptions {
  readonly json?: boolean | undefined;
}

const EVER = { from: 0, to: Number.POSITIVE_INFINITY };

/** Shows what the quarantine holds of an event, by its SQS message id or Segment's messageId, and what would become of it. */
export function showQuarantined(id: string, options: ShowOptions, io: Io): Promise<ExitStatus> {
  return withOperator(options, io, async (operator) => {
    const reading = createReading(operator, io);
    const entries = await entriesOf(id, reading);
    const entry = latestOf(entries);
    if (entry === undefined) {
      const trace = unbroken(`npm run bridge -- trace ${visible(id)}${operatorFlags(options)}`);
      await io.stderr.write(`${wrap(`The quarantine of ${operator.name} holds no event with the id ${visible(id)}. Look for it everywhere: ${trace}`, '')}\n`);
      return EXIT.foundProblems;
    }
    const root = rootOf(entry.line);
    const journey = await journeyOfRoot(reading, entry.line);
    const others = new Set(entries.map(({ line }) => rootOf(line)).filter((other) => other !== root));
    const shown: Shown = { entry, journey, judged: judgedBy(operator, entry, journey, io), others: [...others] };
    await io.stdout.write(options.json === true ? showJson(shown) : showText(shown));
    return EXIT.fine;
  });
}

/** The sieve also finds ids inside of events, so the head decides. */
async function entriesOf(id: string, reading: Reading): Promise<readonly LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  const wanted = [id, ...storedMessageId(id)];
  const ids = createIdNumbers();
  for (const one of wanted) ids.add(one);
  for await (const entry of reading.lines({ prefixes: ['quarantine'], ...EVER }, { ids })) {
    const { sqsMessageId, replayOf, messageId } = entry.line;
    if ([sqsMessageId, replayOf, messageId].some((one) => one !== undefined && wanted.includes(one))) entries.push(entry);
  }
  return entries;
}

/** Of those with a fate. */
function latestOf(entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  const settled = entries.filter(({ line }) => line.fate === 'quarantined');
  return settled.length === 0 ? undefined : settled.reduce((latest, one) => (one.line.at > latest.line.at ? one : latest));
}

/** What is wrong with the mappings of today mustn't hide the event. */
function judgedBy(operator: Operator, entry: LedgerEntry, { root, delivered, failed }: Journey, io: Io): Shown['judged'] {
  try {
    const mappings: UsableMappings = usableMappings(readMappingsText(operator.mappingsPath, io));
    return { judgement: judge(entry, { root, delivered, failed }, mappings.mappings, io.now()), mappingsName: mappings.name };
  } catch (error) {
    if (error instanceof ConfigError) return { problem: error.message };
    throw error;
  }
}

function showJson({ entry: { line, eventText }, journey, judged, others }: Shown): string {
  const event = line.eventEncoding === undefined ? eventText : jsonText(eventText);
  const standing = jsonText({ fate: journey.last?.fate, isUnderWay: journey.isUnderWay, billed: journey.billed, billedTwice: journey.billedTwice });
  return `${jsonObject({ line: jsonLines([line]).trimEnd(), event, standing, now: jsonText(judgedJson(judged)), others: jsonText(others) })}\n`;
}

function judgedJson(judged: Shown['judged']): object {
  if ('problem' in judged) return judged;
  const { outcome, usage } = judged.judgement;
  return { outcome: outcome.kind, ...faultOf(outcome), usage: usage.map(usageJson) };
}

function usageJson(usage: Usage): object {
  const { mapping, transactionId } = usage;
  return usage.kind === 'ready' ? { mapping, transactionId } : { mapping, transactionId, ...usage.fault };
}
