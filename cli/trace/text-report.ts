import type { LedgerLine, LedgerUsage } from '../ledger/ledger-line.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import { visibleLine } from '../ledger/visible-line.ts';
import { printable, visible, wrap } from '../text.ts';
import type { Journey, ReplayEntry, Step } from './journey.ts';
import { nowText } from './now-text.ts';

const STEP = '  ';
const DETAIL = '      ';

/** Journeys for people, in lines of 80 characters. */
export function journeysText(journeys: readonly Journey[]): string {
  const several = journeys.length > 1 ? `${wrap(`It was accepted ${journeys.length} times: Segment sends again what it had no answer to. Metronome bills a transaction_id once.`, '')}\n\n` : '';
  return printable(several + journeys.map(journeyText).join('\n'));
}

function journeyText(journey: Journey): string {
  const { steps } = journey;
  const root = visible(journey.root);
  const last = journey.last === undefined ? undefined : visibleLine(journey.last);
  const title = last?.messageId === undefined ? `Message ${root}` : `Event ${last.messageId}`;
  const accepted = last === undefined ? [] : [`${STEP}${last.acceptedAt}  accepted`, `${DETAIL}as SQS message ${root}`];
  return `${[title, ...accepted, ...steps.flatMap(stepLines), wrap(`Now: ${nowText(journey)}`, '')].join('\n')}\n`;
}

function stepLines(step: Step): readonly string[] {
  return step.kind === 'replay' ? replayLines(step.replay) : fateLines(step.entry);
}

function replayLines({ record: { at, sqsMessageId, by = {} } }: ReplayEntry): readonly string[] {
  const asked = Object.entries(by).flatMap(([name, value]) => (value === undefined ? [] : [visible(`${name} ${value}`)]));
  return [`${STEP}${visible(at)}  replayed`, sqsMessageId === undefined ? wrap('it is not known whether it reached the queue', DETAIL) : `${DETAIL}as SQS message ${visible(sqsMessageId)}`, ...(asked.length === 0 ? [] : [wrap(`by ${asked.join(', ')}`, DETAIL)])];
}

function fateLines(entry: LedgerEntry): readonly string[] {
  const line = visibleLine(entry.line);
  const { at, detail, usage, mappingVersion, sqsMessageId, replayOf } = line;
  return [
    `${STEP}${at}  ${fateText(line)}`,
    ...(replayOf === undefined ? [] : [`${DETAIL}as SQS message ${sqsMessageId}`]),
    // With several usage events each has its own sentence.
    ...(detail === undefined || usage.some((one) => one.detail === detail) ? [] : [wrap(detail, DETAIL)]),
    ...usage.flatMap(usageLines),
    `${DETAIL}mappings ${mappingVersion}`,
  ];
}

function fateText({ fate, reason, field, cause }: LedgerLine): string {
  return `${fate}${because(reason ?? cause, field)}`;
}

function usageLines({ mapping, transactionId, verdict, status, before, reason, field, detail }: LedgerUsage): readonly string[] {
  const answer = status === undefined ? '' : `, Metronome answered ${status}`;
  const earlier = before === undefined ? '' : ' on an earlier way, not sent again';
  return [
    wrap(`${mapping}: ${verdict}${earlier}${because(reason, field)}${answer}`, DETAIL),
    ...(transactionId === undefined ? [] : [`${DETAIL}  transaction_id ${transactionId}`]),
    ...(detail === undefined ? [] : [wrap(detail, `${DETAIL}  `)]),
  ];
}

function because(reason: string | undefined, field: string | undefined): string {
  if (reason === undefined) return '';
  return field === undefined ? `: ${reason}` : `: ${reason} (${field})`;
}
