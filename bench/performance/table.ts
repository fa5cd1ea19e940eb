import { settingText } from './report.ts';
import type { Report } from './report.ts';
import { judge, SECTIONS } from './rows.ts';
import type { Row, Section } from './rows.ts';
import { amount, markText, rate, spread, verdict } from './text.ts';

export const TITLES: Readonly<Record<Section, string>> = { mapping: 'Mapping one event', forward: 'Forward', ingest: 'Ingest', start: 'Start', whole: 'The whole', outage: 'After an outage', cost: 'What it costs' };

const HEAD = ['', 'ours', 'peer', 'beside', 'ratio (middle half)', 'by the clock', 'mark', ''] as const;

/** The cells of one row, as text. */
export function cellsOf(row: Row): readonly string[] {
  const isAmount = row.reading === 'amount';
  const value = isAmount ? '' : spread(row.value, row);
  const wall = row.wallValue === undefined ? '' : spread({ ...row.wallValue, samples: 1 }, row);
  return [row.what, side(row.ours, row.oursPerSecond, row.unit), side(row.peer, row.peerPerSecond, row.unit), row.against, value, wall, markText(row), verdict(row)];
}

/** `0.1 µs, 9,800,000/s` */
function side(value: number | undefined, perSecond: number | undefined, unit: Row['unit']): string {
  if (value === undefined) return '';
  return `${amount(value, unit)}${perSecond === undefined ? '' : `, ${rate(perSecond)}/s`}`;
}

/** The run as a table for people. */
export function table({ rows, setting, quick }: Report): string {
  const sections = SECTIONS.map((section) => sectionTable(section, rows.filter((row) => row.section === section)));
  return `${sections.join('')}\n${settingText(setting)}${quick ? ' A quick run: its figures spread wider.' : ''}\n${marksText(rows)}\n`;
}

function sectionTable(section: Section, rows: readonly Row[]): string {
  return rows.length === 0 ? '' : `\n${TITLES[section]}\n${aligned([HEAD, ...rows.map(cellsOf)])}`;
}

/** How many marks hold, and which don't. */
export function marksText(rows: readonly Row[]): string {
  const marked = rows.filter(({ mark }) => mark !== undefined);
  const missed = marked.filter((row) => judge(row)?.holds === false);
  if (missed.length === 0) return `All ${marked.length} marks hold.`;
  return `${missed.length} of ${marked.length} marks missed: ${missed.map((row) => `${row.what} (${spread(row.value, row)}, mark ${markText(row)})`).join('; ')}.`;
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines.map((cells) => `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('');
}
