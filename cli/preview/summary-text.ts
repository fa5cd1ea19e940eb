import { column, count } from '../text.ts';
import type { Tally } from './tally.ts';

/** The counts for people, one thing a line. */
export function tallyText({ files, events, fates, reasons, mappings, broken }: Tally): string {
  const rows = [
    `${count(events, 'event')} in ${count(files, 'file')}`,
    `  ${column(fates.delivered)} would be delivered`,
    `  ${column(fates.filtered)} filtered`,
    `  ${column(fates.quarantined)} quarantined`,
    ...Object.entries(reasons).map(([reason, amount]) => `    ${column(amount)} ${reason}`),
    ...(broken === 0 ? [] : [`  ${column(broken)} broken, in the input`]),
    'Usage events by mapping',
    ...Object.entries(mappings).map(([name, { delivered, quarantined }]) => `  ${column(delivered)} ${name}${quarantined === 0 ? '' : `, and ${quarantined} quarantined`}`),
  ];
  return `${rows.join('\n')}\n`;
}
