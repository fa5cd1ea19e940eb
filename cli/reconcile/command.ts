import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';

import type { ExitStatus, Io } from '../io.ts';
import { addOperatorOptions } from '../operator/options.ts';
import { DAY_MS, dayFrom } from './day.ts';
import type { Day } from './day.ts';
import type { ReconcileOptions } from './reconcile.ts';

const MORE = `
accepted - distinct messages in the ledger - waiting - dead letters = 0

What is exact: messages in the ledger, by when they were accepted; a replayed
one counts once. What is not: accepted is the CloudWatch metric, a minute or two
late; an event accepted at midnight may count for either day; SQS estimates how
many wait, and doesn't tell of which day. The local run's counts are exact, over
all its days together.

The ledger is read from the day on until no event is missing. Each million
events of the day takes about 45 MB of memory.

Exit status:
  0  every accepted event has its fate, or may be waiting for it
  1  the books don't balance, an event was billed twice by a replay, or objects
     can't be read
  2  the command was used wrongly

Examples:
  npm run bridge -- reconcile --day 2026-11-21
  npm run -s bridge -- reconcile --local --json
`;

type Flags = Omit<ReconcileOptions, 'day'> & { readonly day: Day };

export function addReconcile(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  const command = program
    .command('reconcile')
    .summary('check that every accepted event has its fate')
    .description('Checks that every event that was accepted has its fate in the ledger, or waits for it.')
    .addOption(new Option('--day <day>', 'the day, in UTC').argParser((text) => dayOption(text, io)).default(yesterday(io), 'yesterday'))
    .option('--json', 'one JSON object a line: each hour that differs, and a summary last');
  addOperatorOptions(command)
    .addHelpText('after', MORE)
    .action(async (flags: Flags) => {
      // Only now: the AWS clients take longer to load than most commands to run.
      const { reconcile } = await import('./reconcile.ts');
      finish(await reconcile(flags, io));
    });
}

function dayOption(text: string, io: Io): Day {
  const day = dayFrom(text);
  if (day === undefined) throw new InvalidArgumentError('Expected a day like 2026-11-21.');
  if (day.from > io.now()) throw new InvalidArgumentError('That day has not begun, in UTC.');
  return day;
}

function yesterday(io: Io): Day | undefined {
  return dayFrom(new Date(io.now() - DAY_MS).toISOString().slice(0, 10));
}
