import { formatFinding } from '../../lib/lint/index.ts';
import type { Finding } from '../../lib/lint/index.ts';
import { EXIT } from '../io.ts';
import type { ExitStatus } from '../io.ts';
import { jsonLines } from '../json-text.ts';
import { count, unbroken, wrap } from '../text.ts';

const EVERY_RULE = 'Every rule: docs/lint.md\n';

/** What is wrong with a mappings file. */
export interface Checked {
  /** Why it can't be used at all. */
  readonly problems: readonly string[];
  readonly findings: readonly Finding[];
}

export function statusOf(checked: Checked): ExitStatus {
  return countsOf(checked).errors > 0 ? EXIT.foundProblems : EXIT.fine;
}

/** What was found, for people, and the counts last. */
export function checkedText(checked: Checked, name: string): string {
  const { errors, warnings, acknowledged } = countsOf(checked);
  const found = [...checked.problems.map((problem) => indented(problem, name)), ...checked.findings.map((finding) => indented(formatFinding(finding, name), name))];
  const counts = `${name}: ${count(errors, 'error')}, ${count(warnings, 'warning')}, ${acknowledged} acknowledged`;
  return `${[...found, indented(counts, name)].join('\n\n')}\n${checked.findings.length > 0 ? EVERY_RULE : ''}`;
}

/** Each line wrapped at its own indent, the file's name whole. */
function indented(text: string, name: string): string {
  const lines = text.replaceAll(name, unbroken(name)).split('\n').map((line) => wrap(line.trimStart(), ' '.repeat(line.length - line.trimStart().length)));
  return lines.join('\n');
}

/** One JSON object a line, and the summary last. */
export function checkedJson(checked: Checked, name: string): string {
  const problems = checked.problems.map((problem) => ({ problem }));
  const findings = checked.findings.map((finding) => ({ finding }));
  const lines = [...problems, ...findings, { summary: { file: name, problems: problems.length, ...countsOf(checked) } }];
  return jsonLines(lines);
}

/** Problems are errors, too. */
function countsOf({ problems, findings }: Checked): { readonly errors: number; readonly warnings: number; readonly acknowledged: number } {
  const open = findings.filter(({ acknowledged }) => !acknowledged);
  const warnings = open.filter(({ severity }) => severity === 'warning').length;
  return { errors: problems.length + open.length - warnings, warnings, acknowledged: findings.length - open.length };
}
