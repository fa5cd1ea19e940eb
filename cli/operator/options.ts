import { Option } from 'commander';
import type { Command } from 'commander';

import { TARGET_KINDS } from '../../local/operator-file.ts';

/** The options that say which bridge a command works with; they come out as OperatorOptions. */
export function addOperatorOptions(command: Command): Command {
  return command
    .option('--stack <name>', 'the deployed stack (default: the setting "stackName")')
    .option('--local', 'the bridge that npm start runs on this machine')
    .addOption(new Option('--target <kind>', 'with --local, if both kinds run').choices(TARGET_KINDS));
}
