import { createColumn } from '../ledger/column.ts';
import type { IdNumbers } from '../ledger/id-numbers.ts';
import type { LedgerLine, LedgerUsage } from '../ledger/ledger-line.ts';

/** What lists and filters need of a line that gave an event its fate. */
export interface FateLine extends Pick<LedgerLine, 'at' | 'sqsMessageId' | 'replayOf' | 'acceptedAt' | 'fate' | 'reason' | 'field'> {
  readonly usage: readonly Pick<LedgerUsage, 'mapping' | 'verdict' | 'reason' | 'field'>[];
}

/** What many lines say alike. */
type Gist = Pick<FateLine, 'fate' | 'reason' | 'field' | 'usage'>;

/** The latest line of each of many roots. */
export interface FateLines {
  /** @param key of the object it stands in */
  put(root: number, line: FateLine, key: string): void;
  /** Epoch milliseconds; 0 if there is no line. */
  at(root: number): number;
  fate(root: number): LedgerLine['fate'] | undefined;
  line(root: number): FateLine | undefined;
  key(root: number): string;
}

/** Keeps of a line 28 bytes, whatever it says: ids as numbers, and what is said alike once. */
export function createFateLines(ids: IdNumbers): FateLines {
  const times = createColumn(Float64Array);
  const acceptedTimes = createColumn(Float64Array);
  const messages = createColumn(Uint32Array);
  const gists = createColumn(Uint32Array);
  const keys = createColumn(Uint32Array);
  /** The first stands for none. */
  const [knownGists, knownKeys] = [createTexts(), createTexts()];
  const parsedGists: (Gist | undefined)[] = [undefined];

  return {
    at: (root) => times.get(root),
    fate: (root) => parsedGists[gists.get(root)]?.fate,
    key: (root) => knownKeys.text(keys.get(root)),
    put(root, line, key) {
      const { fate, reason, field, usage } = line;
      const gist = { fate, reason, field, usage: usage.map((one) => ({ mapping: one.mapping, verdict: one.verdict, reason: one.reason, field: one.field })) };
      const number = knownGists.number(JSON.stringify(gist));
      parsedGists[number] ??= gist;
      gists.set(root, number);
      times.set(root, millisecondsOf(line.at));
      acceptedTimes.set(root, millisecondsOf(line.acceptedAt));
      messages.set(root, ids.add(line.sqsMessageId));
      keys.set(root, knownKeys.number(key));
    },
    line(root) {
      const gist = parsedGists[gists.get(root)];
      if (gist === undefined) return undefined;
      const message = messages.get(root);
      return { ...gist, at: isoText(times.get(root)), acceptedAt: isoText(acceptedTimes.get(root)), sqsMessageId: ids.idOf(message), replayOf: message === root ? undefined : ids.idOf(root) };
    },
  };
}

/** A time that is none counts as the earliest, so that nothing is left out for its sake. */
export function millisecondsOf(time: string): number {
  return Date.parse(time) || 0;
}

function isoText(at: number): string {
  return new Date(at).toISOString();
}

interface Texts {
  number(text: string): number;
  text(number: number): string;
}

/** Numbers texts from 1. */
function createTexts(): Texts {
  const numbers = new Map<string, number>();
  const texts = [''];
  return {
    text: (number) => texts[number] ?? '',
    number(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, texts.push(text) - 1);
      return texts.length - 1;
    },
  };
}
