import { count, visible } from '../text.ts';
import type { Journey } from './journey.ts';

/** Where an event is now, and what of it is billed: one sentence or two. */
export function nowText({ last, isUnderWay, billed, billedTwice }: Journey): string {
  const twice = billedTwice.map(({ mapping, transactionIds }) => ` Billed ${count(transactionIds.length, 'time')} by ${visible(mapping)}, as ${transactionIds.map(visible).join(' and ')}.`).join('');
  return `${standingText({ last, isUnderWay, billed })}${twice}`;
}

function standingText({ last, isUnderWay, billed }: Pick<Journey, 'last' | 'isUnderWay' | 'billed'>): string {
  if (last?.fate === 'delivered') return 'delivered.';
  const part = billed.length === 0 ? undefined : `Billed in part: ${billed.map(visible).join(', ')}.`;
  if (isUnderWay) return `replayed, and not settled again yet.${part === undefined ? '' : ` ${part}`}`;
  if (last?.fate === 'filtered') return `filtered: no enabled mapping takes ${part === undefined ? 'it. Not billed.' : `the rest. ${part}`}`;
  if (last?.fate === 'quarantined') return `in quarantine, until it is replayed. ${part === undefined ? 'Not billed.' : `${part} The rest is not billed until then.`}`;
  return `returned to the queue, and tried again.${part === undefined ? '' : ` ${part}`}`;
}
