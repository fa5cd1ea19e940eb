import type { Command } from 'commander';

import { ConfigError } from '../../lib/config.ts';
import { checkMappingsText } from '../../lib/mappings-file.ts';
import type { ExitStatus, Io } from '../io.ts';
import { mappingsName, readMappingsText } from '../mappings.ts';
import { printable } from '../text.ts';
import { checkedJson, checkedText, statusOf } from './report.ts';
import type { Checked } from './report.ts';

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

/** @throws ConfigError if the file can't be read, and people are to be told */
async function lint({ file, json }: LintOptions, io: Io): Promise<ExitStatus> {
  const name = mappingsName(file, io);
  const checked = json === true ? checkOrProblem(file, io) : check(file, io);
  await io.stdout.write(json === true ? checkedJson(checked, name) : printable(checkedText(checked, name)));
  return statusOf(checked);
}

function check(file: string | undefined, io: Io): Checked {
  const { name, text } = readMappingsText(file, io);
  return checkMappingsText(text, name);
}

/** A machine reads stdout alone. */
function checkOrProblem(file: string | undefined, io: Io): Checked {
  try {
    return check(file, io);
  } catch (error) {
    if (error instanceof ConfigError) return { problems: [error.message], findings: [] };
    throw error;
  }
}
