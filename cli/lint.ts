import type { Command } from 'commander';

import { formatFinding } from '../lib/lint/index.ts';
import type { Finding } from '../lib/lint/index.ts';
import { checkMappingsText } from '../lib/mappings-file.ts';
import { EXIT } from './io.ts';
import type { ExitStatus, Io } from './io.ts';
import { readMappingsText } from './mappings.ts';
import type { MappingsText } from './mappings.ts';
import { count, wrap } from './text.ts';

const MORE = `
Errors stop a deployment and npm start, unless the mapping lists the rule under
"acknowledge". Warnings stop nothing. docs/lint.md explains each rule.

Exit status:
  0  no error that isn't acknowledged
  1  errors, or a file that can't be used
  2  the command was used wrongly

Examples:
  npm run bridge -- lint
  npm run -s bridge -- lint new-mappings.json --json
`;

/** What is wrong with a mappings file. */
export interface Checked {
  /** Why it can't be used at all. */
  readonly problems: readonly string[];
  readonly findings: readonly Finding[];
}

interface LintOptions {
  readonly file?: string | undefined;
  readonly json?: boolean | undefined;
}

export function addLint(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  program
    .command('lint')
    .summary('find what is wrong or surprising in mappings')
    .description('Finds what is wrong or surprising in a mappings file, before it touches a bill.')
    .argument('[file]', 'the mappings file (default: the setting "mappings")')
    .option('--json', 'one JSON object a line: each problem and finding, and the summary last')
    .addHelpText('after', MORE)
    .action(async (file: string | undefined, flags: Omit<LintOptions, 'file'>) => finish(await lint({ ...flags, file }, io)));
}

/** @throws ConfigError if the file can't be read */
export async function lint({ file, json }: LintOptions, io: Io): Promise<ExitStatus> {
  const mappings = readMappingsText(file, io);
  const checked = checkMappingsText(mappings.text, mappings.name);
  await io.stdout.write(json === true ? checkedJson(checked, mappings) : checkedText(checked, mappings));
  return statusOf(checked);
}

export function statusOf(checked: Checked): ExitStatus {
  return checked.problems.length > 0 || countsOf(checked).errors > 0 ? EXIT.foundProblems : EXIT.fine;
}

export function checkedText(checked: Checked, { name }: Pick<MappingsText, 'name'>): string {
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

function checkedJson(checked: Checked, { name }: MappingsText): string {
  const problems = checked.problems.map((problem) => ({ problem }));
  const lines = [...problems, ...checked.findings, { summary: { file: name, problems: problems.length, ...countsOf(checked) } }];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function countsOf({ findings }: Checked): { readonly errors: number; readonly warnings: number; readonly acknowledged: number } {
  const open = findings.filter(({ acknowledged }) => !acknowledged);
  const errors = open.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: open.length - errors, acknowledged: findings.length - open.length };
}
