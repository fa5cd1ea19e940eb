import type { Usage } from '../../lambda/forward/route.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine, LedgerUsage } from '../ledger/ledger-line.ts';
import { visibleFault, visibleLine } from '../ledger/visible-line.ts';
import type { Judgement } from '../replay/judge.ts';
import { faultOf } from '../replay/tally.ts';
import { count, printable, visible, wrap } from '../text.ts';
import type { Journey } from '../trace/journey.ts';
import { nowText } from '../trace/now-text.ts';
import type { Shown } from './shown.ts';

const LABEL_WIDTH = 13;
const INDENT = '  ';

/** An event of the quarantine for people. */
export function showText({ entry: { line, eventText }, journey, judged, others }: Shown): string {
  const also = others.length === 0 ? [] : [wrap(`The quarantine holds ${count(others.length, 'other event')} with this messageId: ${others.map(visible).join(', ')}`, '')];
  const parts = [lineText(visibleLine(line)), wrap(`Now: ${nowText(journey)}`, ''), `Event:\n${visible(eventText)}`, todayText(journey, judged), ...also];
  return printable(`${parts.join('\n\n')}\n`);
}

function todayText({ last, isUnderWay }: Journey, judged: Shown['judged']): string {
  if ('problem' in judged) return `What would become of it now can't be told:\n${printable(judged.problem)}`;
  const text = judgementText(judged.judgement, judged.mappingsName);
  return last?.fate === 'quarantined' && !isUnderWay ? text : `${wrap('It is not open, so a replay leaves it alone.', '')}\n${text}`;
}

function lineText(line: LedgerLine): string {
  const facts: readonly (readonly [label: string, value: string | undefined])[] = [
    ['Id', rootOf(line)],
    ['messageId', line.messageId],
    ['Accepted', line.acceptedAt],
    ['Set aside', line.at],
    ['Reason', line.reason],
    ['Field', line.field],
    ['Replayed as', line.replayOf === undefined ? undefined : line.sqsMessageId],
  ];
  const known = facts.flatMap(([label, value]) => (value === undefined ? [] : [`${label.padEnd(LABEL_WIDTH)}${value}`]));
  const detail = line.detail === undefined ? [] : ['', wrap(line.detail, '')];
  return [...known, ...detail, ...line.usage.map(usageText)].join('\n');
}

function usageText({ mapping, transactionId, verdict, detail }: LedgerUsage): string {
  const id = transactionId === undefined ? '' : `, ${transactionId}`;
  return wrap(`${mapping}: ${verdict}${id}${detail === undefined ? '' : `. ${detail}`}`, INDENT);
}

function judgementText({ outcome, usage }: Judgement, mappingsName: string): string {
  const { reason, detail } = visibleFault(faultOf(outcome));
  const head = wrap(`With ${mappingsName} as it is now: ${outcome.kind.replaceAll('_', ' ')}${reason === undefined ? '' : `, ${reason}`}`, '');
  const why = usage.length === 0 && detail !== undefined ? [wrap(detail, INDENT)] : [];
  return [head, ...why, ...usage.map(judgedUsageText)].join('\n');
}

function judgedUsageText(usage: Usage): string {
  const mapping = visible(usage.mapping);
  if (usage.kind === 'ready') return `${INDENT}${mapping}\n${INDENT}${INDENT}${visible(usage.json)}`;
  const { reason, detail } = visibleFault(usage.fault);
  return wrap(`${mapping}: ${reason}${detail === undefined ? '' : `. ${detail}`}`, INDENT);
}
