import type { Operator } from '../operator/operator.ts';
import { DamagedObject } from './damaged-object.ts';
import { readLedgerLine } from './ledger-line.ts';
import type { LedgerLine, ReadLine } from './ledger-line.ts';
import { planLedger } from './plan-ledger.ts';
import type { BucketPrefix, LedgerPlan, LedgerRange } from './plan-ledger.ts';
import { readLines } from './read-lines.ts';
import type { ReadLinesOptions } from './read-lines.ts';

/** One line of the ledger. */
export interface LedgerEntry extends ReadLine {
  readonly prefix: BucketPrefix;
  /** Of the object it stands in. */
  readonly key: string;
  readonly line: LedgerLine;
  /** The line as it stands there, the event digit for digit. */
  readonly text: string;
}

/** A range, or what planLedger said of one. */
type Extent = LedgerRange | { readonly plan: LedgerPlan };

export type ReadLedgerOptions = Extent & Omit<ReadLinesOptions, 'texts'> & {
  /** Only lines that hold one of these ids somewhere; a cheap sieve, so look at the line, too. */
  readonly ids?: readonly string[] | undefined;
};

/**
 * Streams a range of the ledger, in no order. A damaged object is told to `onDamaged`, once, and doesn't stop the rest.
 * @throws OperatorError if the bucket can't be read
 */
export async function* readLedger(operator: Pick<Operator, 's3' | 'bucket'>, options: ReadLedgerOptions): AsyncGenerator<LedgerEntry> {
  const { objects } = 'plan' in options ? options.plan : await planLedger(operator, options);
  const told = new Set<string>();
  const onDamaged = async (damaged: DamagedObject): Promise<void> => {
    if (told.has(damaged.key)) return;
    told.add(damaged.key);
    await options.onDamaged?.(damaged);
  };
  for await (const { object, texts } of readLines(operator, objects, { ...options, onDamaged, texts: options.ids?.map(writtenId) })) {
    for (const text of texts) {
      const read = readLedgerLine(text);
      if (read === undefined) await onDamaged(new DamagedObject(object.key, "holds a line that isn't the ledger's"));
      else yield { prefix: object.prefix, key: object.key, text, ...read };
    }
  }
}

/** An id as `ledgerLine` writes it into a text of JSON. */
export function writtenId(id: string): string {
  return JSON.stringify(id).slice(1, -1).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
