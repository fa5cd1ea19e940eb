import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';

import { TARGET_KINDS } from '../../local/operator-file.ts';
import type { OperatorOptions } from './operator.ts';

/** The options that say which bridge a command works with; they come out as OperatorOptions. */
export function addOperatorOptions(command: Command): Command {
  return command
    .option('--stack <name>', 'the deployed stack (default: the setting "stackName")')
    .addOption(new Option('--prefix <word>', 'what its outputs begin with, as addOutputs() got it').argParser(prefixFrom))
    .option('--local', 'the bridge that npm start runs on this machine')
    .addOption(new Option('--target <kind>', 'with --local, if both kinds run').choices(TARGET_KINDS));
}

/** An id to look for, as it was typed: an empty one is a shell's variable that has no value. */
export function idFrom(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Expected an id; this one is empty.');
}

/** Names of outputs have nothing else in them. */
function prefixFrom(text: string): string {
  if (/^[A-Za-z0-9]+$/.test(text)) return text;
  throw new InvalidArgumentError('Expected letters and digits, as addOutputs() was given them.');
}

/** The same as they are typed, each after a space: for a next step that is about the same bridge. */
export function operatorFlags({ stack, prefix, local, target }: OperatorOptions): string {
  return [stack === undefined ? '' : ` --stack ${stack}`, prefix === undefined ? '' : ` --prefix ${prefix}`, local === true ? ' --local' : '', target === undefined ? '' : ` --target ${target}`].join('');
}
