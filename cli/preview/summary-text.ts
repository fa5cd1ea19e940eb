import { column, count, visible } from '../text.ts';
import { MAX_SEEN_IDS } from './seen-ids.ts';
import type { Tally } from './tally.ts';

/** The counts for people, one thing a line; no lines of zeros where there was no event. */
export function tallyText(tally: Tally): string {
  const { files, events, fates, reasons, mappings } = tally;
  if (events === 0) return 'No event was found.\n';
  const rows = [
    `${count(events, 'event')} in ${count(files, 'file')}`,
    `  ${column(fates.delivered)} would be delivered`,
    `  ${column(fates.filtered)} filtered`,
    `  ${column(fates.quarantined)} quarantined`,
    ...Object.entries(reasons).map(([reason, amount]) => `    ${column(amount)} ${reason}`),
    ...unusable(tally),
    'Usage events by mapping',
    ...Object.entries(mappings).map(([name, { delivered, quarantined }]) => `  ${column(delivered)} ${visible(name)}${quarantined === 0 ? '' : `, and ${quarantined} quarantined`}`),
    ...noted(tally),
  ];
  return `${rows.join('\n')}\n`;
}

function unusable({ broken, notRead }: Tally): readonly string[] {
  return [...(broken === 0 ? [] : [`  ${column(broken)} broken, in the input`]), ...(notRead === 0 ? [] : [`  ${column(notRead)} not read, of the files and folders`])];
}

function noted({ repeatedTransactionIds, comparedAllTransactionIds, roundedIds }: Tally): readonly string[] {
  const repeated = `  ${column(repeatedTransactionIds)} repeat the transaction_id of an earlier one: Metronome bills it once`;
  const stopped = `  Only the first ${MAX_SEEN_IDS.toLocaleString('en-US')} transaction_ids were compared.`;
  const rounded = `  ${column(roundedIds)} have an id with an integer that JavaScript rounds`;
  return [...(repeatedTransactionIds === 0 ? [] : [repeated]), ...(comparedAllTransactionIds ? [] : [stopped]), ...(roundedIds === 0 ? [] : [rounded])];
}
