import type { Io } from '../io.ts';
import type { Operator } from '../operator/operator.ts';
import { createProgress } from '../progress.ts';
import { count, printable, wrap } from '../text.ts';
import type { DamagedObject } from './damaged-object.ts';
import type { LedgerPlan } from './plan-ledger.ts';
import type { ReadLinesOptions } from './read-lines.ts';

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `1.2 GB`, in powers of 1,000 as S3 bills */
export function bytesText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1_000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}

/** `2026-11-21 09:30Z` */
export function minuteText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}

/** Says before it is done what reading will take, as S3 bills it and it may last. */
export async function announce({ name }: Pick<Operator, 'name'>, what: string, plan: LedgerPlan, io: Io): Promise<void> {
  await io.stderr.write(`${wrap(`${what} of ${name}: ${count(plan.objects.length, 'object')}, ${bytesText(plan.bytes)} to read.`, '')}\n`);
}

/** What to do about an object that can't be read, or not to its end. */
export function damageWarning({ message, key }: DamagedObject, { bucket, localUrl }: Pick<Operator, 'bucket' | 'localUrl'>): string {
  const lookAt = localUrl === undefined ? `; to look at it: aws s3 cp s3://${bucket}/${key} .` : '.';
  return printable(`${wrap(`Warning: ${message} It is left out${lookAt}`, '')}\n`);
}

/** Reads with a progress bar, and tells of damage as it is met. */
export async function shown<T>(operator: Pick<Operator, 'bucket' | 'localUrl'>, plan: LedgerPlan, io: Io, read: (options: ReadLinesOptions) => Promise<T>): Promise<{ readonly result: T; readonly damaged: readonly string[] }> {
  const progress = createProgress(io, plan.bytes);
  const damaged: string[] = [];
  const onDamaged = async (object: DamagedObject): Promise<void> => {
    damaged.push(object.key);
    await progress.hide();
    await io.stderr.write(damageWarning(object, operator));
  };
  try {
    return { result: await read({ onDamaged, onProgress: (bytes, lines) => progress.advance(bytes, lines) }), damaged };
  } finally {
    progress.stop();
  }
}
