import type { Usage } from '../../../lambda/forward/route.ts';

/** What two versions of the mappings make of one event, side by side; one side is missing where only the other makes it. */
export interface Pair {
  readonly before: Usage | undefined;
  readonly after: Usage | undefined;
}

/** Pairs usage events by mapping name, what is left by transaction_id, and what is still left (a renamed mapping) by position. */
export function pairUsage(before: readonly Usage[], after: readonly Usage[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let olds = before;
  let news = after;
  const isAlike = [
    (a: Usage, b: Usage) => a.mapping === b.mapping,
    (a: Usage, b: Usage) => a.transactionId !== undefined && a.transactionId === b.transactionId,
    () => true,
  ];
  for (const alike of isAlike) {
    for (const old of olds) {
      const partner = news.find((one) => alike(old, one));
      if (partner === undefined) continue;
      pairs.push({ before: old, after: partner });
      olds = olds.filter((one) => one !== old);
      news = news.filter((one) => one !== partner);
    }
  }
  return [...pairs, ...olds.map((old) => ({ before: old, after: undefined })), ...news.map((one) => ({ before: undefined, after: one }))];
}
