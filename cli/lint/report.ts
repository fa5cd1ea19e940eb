import { formatFinding } from '../../lib/lint/index.ts';
import type { Finding } from '../../lib/lint/index.ts';
import { EXIT } from '../io.ts';
import type { ExitStatus } from '../io.ts';
import { jsonLines } from '../json-text.ts';
import { count, wrap } from '../text.ts';

/** What is wrong with a mappings file. */
export interface Checked {
  /** Why it can't be used at all. */
  readonly problems: readonly string[];
  readonly findings: readonly Finding[];
}

export function statusOf(checked: Checked): ExitStatus {
  return checked.problems.length > 0 || countsOf(checked).errors > 0 ? EXIT.foundProblems : EXIT.fine;
}

/** What was found, for people, and the counts last. */
export function checkedText(checked: Checked, name: string): string {
  const { errors, warnings, acknowledged } = countsOf(checked);
  const found = [...checked.problems.map((problem) => indented(problem)), ...checked.findings.map((finding) => indented(formatFinding(finding, name)))];
  const counts = `${name}: ${count(checked.problems.length + errors, 'error')}, ${count(warnings, 'warning')}, ${acknowledged} acknowledged`;
  return `${[...found, counts].join('\n\n')}\n`;
}

/** Each line wrapped at its own indent. */
function indented(text: string): string {
  const lines = text.split('\n').map((line) => wrap(line.trimStart(), ' '.repeat(line.length - line.trimStart().length)));
  return lines.join('\n');
}

/** One JSON object a line, and the summary last. */
export function checkedJson(checked: Checked, name: string): string {
  const problems = checked.problems.map((problem) => ({ problem }));
  const findings = checked.findings.map((finding) => ({ finding }));
  const lines = [...problems, ...findings, { summary: { file: name, problems: problems.length, ...countsOf(checked) } }];
  return jsonLines(lines);
}

function countsOf({ findings }: Checked): { readonly errors: number; readonly warnings: number; readonly acknowledged: number } {
  const open = findings.filter(({ acknowledged }) => !acknowledged);
  const errors = open.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: open.length - errors, acknowledged: findings.length - open.length };
}
