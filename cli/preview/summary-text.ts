import { count } from '../text.ts';
import type { Tally } from './tally.ts';

/** The counts for people, one thing a line. */
export function tallyText({ files, events, fates, reasons, mappings, broken }: Tally): string {
  const rows = [
    `${count(events, 'event')} in ${count(files, 'file')}`,
    `  ${number(fates.delivered)} would be delivered`,
    `  ${number(fates.filtered)} filtered`,
    `  ${number(fates.quarantined)} quarantined`,
    ...Object.entries(reasons).map(([reason, amount]) => `    ${number(amount)} ${reason}`),
    ...(broken === 0 ? [] : [`  ${number(broken)} broken, in the input`]),
    'Usage events by mapping',
    ...Object.entries(mappings).map(([name, { delivered, quarantined }]) => `  ${number(delivered)} ${name}${quarantined === 0 ? '' : `, and ${quarantined} quarantined`}`),
  ];
  return `${rows.join('\n')}\n`;
}

const WIDTH = 9;

function number(amount: number): string {
  return amount.toLocaleString('en-US').padStart(WIDTH);
}
