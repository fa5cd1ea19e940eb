import { createColumn } from '../ledger/column.ts';
import type { IdNumbers } from '../ledger/id-numbers.ts';
import type { LedgerLine, LedgerUsage } from '../ledger/ledger-line.ts';
import { millisecondsOf } from '../ledger/standings.ts';

/** What lists and filters need of a line that gave an event its fate. */
export interface FateLine extends Pick<LedgerLine, 'at' | 'sqsMessageId' | 'replayOf' | 'acceptedAt' | 'fate' | 'reason' | 'field'> {
  readonly usage: readonly Pick<LedgerUsage, 'mapping' | 'verdict' | 'reason' | 'field'>[];
}

/** What many lines say alike. */
type Gist = Pick<FateLine, 'fate' | 'reason' | 'field' | 'usage'>;

/** The line that counts of each of many messages. */
export interface FateLines {
  /** @param key of the object it stands in */
  put(message: number, line: FateLine, key: string): void;
  /** @param root the number of the message that the event was accepted as */
  line(message: number, root: number): FateLine | undefined;
  key(message: number): string;
}

/** Keeps of a line 24 bytes, whatever it says: ids as numbers, and what is said alike once. */
export function createFateLines(ids: IdNumbers): FateLines {
  const times = createColumn(Float64Array);
  const acceptedTimes = createColumn(Float64Array);
  const gists = createColumn(Uint32Array);
  const keys = createColumn(Uint32Array);
  /** The first stands for none. */
  const [knownGists, knownKeys] = [createTexts(), createTexts()];
  const parsedGists: (Gist | undefined)[] = [undefined];

  return {
    key: (message) => knownKeys.text(keys.get(message)),
    put(message, line, key) {
      const { fate, reason, field, usage } = line;
      const gist = { fate, reason, field, usage: usage.map((one) => ({ mapping: one.mapping, verdict: one.verdict, reason: one.reason, field: one.field })) };
      const number = knownGists.number(JSON.stringify(gist));
      parsedGists[number] ??= gist;
      gists.set(message, number);
      times.set(message, millisecondsOf(line.at));
      acceptedTimes.set(message, millisecondsOf(line.acceptedAt));
      keys.set(message, knownKeys.number(key));
    },
    line(message, root) {
      const gist = parsedGists[gists.get(message)];
      if (gist === undefined) return undefined;
      return { ...gist, at: isoText(times.get(message)), acceptedAt: isoText(acceptedTimes.get(message)), sqsMessageId: ids.idOf(message), replayOf: message === root ? undefined : ids.idOf(root) };
    },
  };
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
