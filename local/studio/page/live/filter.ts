import type { LiveEvent, LiveFate } from '../../api.ts';

export interface LiveFilter {
  /** None means every fate. */
  readonly fates: readonly LiveFate[];
  readonly reason: string;
  readonly text: string;
}

export const NO_FILTER: LiveFilter = { fates: [], reason: '', text: '' };

/** What a row shows is what `text` looks through, in any case of letters; the server does the same with older events. */
export function matches(filter: LiveFilter, event: LiveEvent): boolean {
  if (filter.fates.length > 0 && !filter.fates.includes(event.fate)) return false;
  if (filter.reason !== '' && event.reason !== filter.reason) return false;
  if (filter.text === '') return true;
  const wanted = filter.text.toLowerCase();
  return textsOf(event).some((text) => text?.toLowerCase().includes(wanted));
}

export function isFiltering({ fates, reason, text }: LiveFilter): boolean {
  return fates.length > 0 || reason !== '' || text !== '';
}

export function queryOf({ fates, reason, text }: LiveFilter): Readonly<Record<string, string>> {
  return { fate: fates.join(','), reason, text };
}

function textsOf({ messageId, sqsMessageId, type, name, customer, reason, field, mappings }: LiveEvent): readonly (string | undefined)[] {
  return [messageId, sqsMessageId, type, name, customer, reason, field, ...mappings];
}
