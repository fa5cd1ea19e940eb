import { styleText } from 'node:util';

import { jsonLines } from '../json-text.ts';
import { count, printable, unbroken, wrap } from '../text.ts';
import type { Finding } from './check.ts';

/** One check, done. */
export interface Result {
  readonly check: string;
  readonly finding: Finding;
}

const WORDS = { ok: { word: 'ok', colour: 'green' }, warn: { word: 'warn', colour: 'yellow' }, fail: { word: 'FAIL', colour: 'red' } } as const;
const WORD_WIDTH = 6;
const NAME_WIDTH = 18;
const NEXT_INDENT = ' '.repeat(WORD_WIDTH);
const MESSAGE_INDENT = ' '.repeat(WORD_WIDTH + NAME_WIDTH);
/** What is copied into a shell must stay on its line. */
const COMMAND = /^(?:aws|npm|npx) |\\$/;

/** One check for people: its line, and below it what to do. */
export function resultText({ check, finding }: Result, isColoured: boolean): string {
  const { word, colour } = WORDS[finding.status];
  const padded = word.padEnd(WORD_WIDTH);
  const line = check.padEnd(NAME_WIDTH) + printable(paragraphs(finding.message, MESSAGE_INDENT)).trimStart();
  const next = finding.status === 'ok' ? '' : `${printable(paragraphs(finding.next, NEXT_INDENT))}\n`;
  // validateStream: whether the terminal shows colours is decided already.
  return `${isColoured ? styleText(colour, padded, { validateStream: false }) : padded}${line}\n${next}`;
}

/** Each line wrapped at its own indent, commands whole. */
function paragraphs(text: string, indent: string): string {
  return text.split('\n').map((line) => wrap(COMMAND.test(line) ? unbroken(line.trimStart()) : line.trimStart(), indent + line.slice(0, line.length - line.trimStart().length))).join('\n');
}

export function jsonLine({ check, finding }: Result): string {
  return jsonLines([{ check, ...finding }]);
}

/** How it went in all. */
export function summaryText(results: readonly Result[]): string {
  const having = (status: Finding['status']): number => results.filter(({ finding }) => finding.status === status).length;
  return `\n${count(results.length, 'check')}: ${having('ok')} ok, ${count(having('warn'), 'warning')}, ${having('fail')} failed.\n`;
}
