import { isContainer } from '../../lambda/json-value.ts';

export type Format = 'json' | 'ndjson';

/** How much of a file is looked at, in bytes. */
export const SNIFFED_BYTES = 64 * 1024;
/** How many of its lines. */
const SNIFFED_LINES = 20;
/** How a line of an indented document ends. */
const GOES_ON = /[[{,:]$/;

/** By the name's ending, where that tells. */
export function formatByName(path: string): Format | undefined {
  return /\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(path) ? 'ndjson' : undefined;
}

/**
 * By the first lines: where whole values stand on lines of their own it is NDJSON. In doubt it is JSON, which also reads
 * good NDJSON; only broken lines are then harder to pass.
 */
export function formatByContent(head: string): Format {
  const lines = head
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, SNIFFED_LINES);
  const [first = ''] = lines;
  if (lines.length < 2 || GOES_ON.test(first)) return 'json';
  return lines.some(isWholeValue) ? 'ndjson' : 'json';
}

function isWholeValue(line: string): boolean {
  try {
    return isContainer(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
