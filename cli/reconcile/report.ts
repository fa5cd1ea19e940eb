import { jsonLines } from '../json-text.ts';
import { column, count, printable, unbroken, visible, wrap } from '../text.ts';
import type { Difference } from './balance.ts';
import type { Reconciled } from './reconciled.ts';

const INDENT = '  ';
const BESIDE_COUNT = ' '.repeat(13);

/**
 * The balance for people, in lines of 80 characters.
 * @param flags those that name this bridge, for a next step
 */
export function reconciledText(reconciled: Reconciled, flags = ''): string {
  const { day, name, accepted, messages, fates, missing, queue, differences } = reconciled;
  const title = `${day ?? 'All days'} of ${name}`;
  const rows = [
    title,
    `${INDENT}${column(accepted)}  accepted${day === undefined ? ' since the data folder began' : ', by the metric Accepted'}`,
    `${INDENT}${column(messages)}  of these in the ledger`,
    ...Object.entries(fates).map(([fate, amount]) => `${BESIDE_COUNT}${column(amount)}  ${fate}`),
    `${INDENT}${column(Math.max(0, missing))}  not in the ledger`,
    `${INDENT}${column(queue.waiting)}  waiting in the queue${ofAnyDay(day)}`,
    `${INDENT}${column(queue.deadLetters)}  dead letters${ofAnyDay(day)}`,
    '',
    ...conclusion(reconciled, flags).map((sentence) => wrap(sentence, '')),
    ...(differences.length === 0 ? [] : ['', 'Hours that differ (UTC, by when events were accepted)', ...differences.map(differenceText)]),
  ];
  return printable(`${rows.join('\n')}\n`);
}

/** One JSON object a line: each hour that differs, and the summary last. */
export function reconciledJson({ differences, messages, fates, queue, ...rest }: Reconciled): string {
  const summary = { ...rest, ledger: { messages, ...fates }, ...queue };
  return jsonLines([...differences.map((difference) => ({ difference })), { summary }]);
}

function ofAnyDay(day: string | undefined): string {
  return day === undefined ? '' : ', of any day (about: SQS estimates)';
}

function differenceText({ hour, accepted, ledger }: Difference): string {
  return `${INDENT}${hour}h  ${column(accepted)} accepted ${column(ledger)} in the ledger`;
}

function conclusion(reconciled: Reconciled, flags: string): readonly string[] {
  const { unexplained, damaged, isUnderWay, day, billedTwice } = reconciled;
  const twice = billedTwice.length === 0 ? [] : [doubleText(billedTwice, flags)];
  const allDays = day === undefined ? ['The local run counts accepted events over all days together, so all days are compared.'] : [];
  const unread = damaged.length === 0 ? [] : [`${count(damaged.length, 'object')} of the ledger could not be read; what is in there counts as missing.`];
  const moving = isUnderWay && unexplained !== 0 ? ['Events may still be coming in, and those of the last minutes may not be counted yet: try again.'] : [];
  return [verdict(reconciled), ...twice, ...allDays, ...unread, ...moving];
}

function doubleText(billedTwice: Reconciled['billedTwice'], flags: string): string {
  const [{ root, mapping, transactionIds } = { root: '', mapping: '', transactionIds: [] }] = billedTwice;
  const example = `e.g. ${root} by ${mapping}, as ${transactionIds.join(' and ')}`;
  const trace = unbroken(visible(`npm run bridge -- trace ${root}${flags}`));
  return `${visible(`${count(billedTwice.length, 'event')} billed twice: replayed while the transaction_id of a mapping changed; ${example}.`)} Metronome's support can take it back; ${trace} shows it all.`;
}

function verdict({ unexplained, missing }: Reconciled): string {
  if (unexplained > 0) {
    return `${count(unexplained, 'event')} can't be accounted for: accepted, but neither in the ledger, nor waiting, nor a dead letter. With archiveDays 0, or after the archive expired (35 days by default), delivered and filtered events aren't in the ledger; else look for the metric ArchiveFailed in that time.`;
  }
  if (unexplained < 0) {
    return `The ledger holds ${count(-unexplained, 'event')} more than were counted as accepted. Nothing is lost: ingest's count can fall behind if a request is cut short, and SQS may store a message twice; but as many could be missing unseen.`;
  }
  if (missing > 0) return `The books balance as far as can be told: what isn't in the ledger may all be waiting or dead letters.`;
  return 'The books balance: every accepted event has its fate.';
}
