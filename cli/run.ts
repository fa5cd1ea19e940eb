import { Command, CommanderError } from 'commander';

import { ConfigError } from '../lib/config.ts';
import { addCost } from './cost/command.ts';
import { addDeadLetters } from './deadletters/command.ts';
import { addDoctor } from './doctor/command.ts';
import { addImport } from './import/command.ts';
import { EXIT, UsageError } from './io.ts';
import type { ExitStatus, Io } from './io.ts';
import { addLint } from './lint/command.ts';
import { OperatorError } from './operator/operator-error.ts';
import { addPreview } from './preview/command.ts';
import { addQuarantine } from './quarantine/command.ts';
import { addReconcile } from './reconcile/command.ts';
import { addReplay } from './replay/command.ts';
import { safeOnTerminal } from './terminal.ts';
import { COLUMNS, printable } from './text.ts';
import { addTrace } from './trace/command.ts';

const MORE = `
Examples:
  npm run bridge -- preview                  what becomes of the sample events
  npm run bridge -- lint                     what is wrong in mappings.json
  npm run bridge -- import destination.json  mappings.json from Segment's
  npm run bridge -- doctor --local           is everything set up and well?
  npm run bridge -- trace api-call-1 --local the whole way of one event
  npm run bridge -- reconcile                has every accepted event a fate?
  npm run bridge -- cost                     what a month costs at AWS
  npm run -s bridge -- preview --json        -s: without npm's own lines
`;

/** Each adds itself to the program, and says through `finish` how it ended. */
const COMMANDS = [addPreview, addLint, addImport, addTrace, addReconcile, addQuarantine, addReplay, addDeadLetters, addDoctor, addCost];

/**
 * Runs one command of the operator's tool.
 * @param words the command line after `npm run bridge --`
 */
export async function runBridge(words: readonly string[], surroundings: Io): Promise<ExitStatus> {
  const io = { ...surroundings, stdout: safeOnTerminal(surroundings.stdout) };
  const written: string[] = [];
  const errors: string[] = [];
  let status: ExitStatus = EXIT.fine;
  try {
    const program = createProgram(io, { out: (text) => written.push(text), err: (text) => errors.push(text) }, (ended) => {
      status = ended;
    });
    await program.parseAsync([...words], { from: 'user' });
    return status;
  } catch (error) {
    await io.stdout.write(written.join(''));
    await io.stderr.write(printable([...errors, messageFor(error)].join('')));
    return statusFor(error);
  }
}

interface HelpOutput {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

function createProgram(io: Io, { out, err }: HelpOutput, finish: (status: ExitStatus) => void): Command {
  const program = new Command('npm run bridge --')
    .description("The operator's tool of the Segment to Metronome bridge.")
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('(Add --help to see how it is used.)')
    .configureOutput({ writeOut: out, writeErr: err, getOutHelpWidth: () => COLUMNS, getErrHelpWidth: () => COLUMNS })
    .addHelpText('after', MORE);
  for (const add of COMMANDS) add(program, io, finish);
  return program;
}

function messageFor(error: unknown): string {
  if (error instanceof CommanderError) return '';
  if (error instanceof ConfigError || error instanceof UsageError || error instanceof OperatorError) return `${error.message}\n`;
  return `The command stopped on an error of its own; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`;
}

function statusFor(error: unknown): ExitStatus {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.wrongUse;
  return error instanceof UsageError ? EXIT.wrongUse : EXIT.foundProblems;
}
