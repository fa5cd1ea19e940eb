import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';

import type { ExitStatus, Io } from '../io.ts';
import { addOperatorOptions, idFrom } from '../operator/options.ts';
import { parseAsOf } from '../preview/moment.ts';
import type { TraceOptions } from './trace.ts';
import { DEFAULT_HOURS, hoursFrom, MAX_HOURS } from './window.ts';

const MORE = `
The ledger is read by when its lines were written: an event that had to wait
for Metronome was settled later than it was accepted. What will be read is said
first, on stderr.

Exit status:
  0  the event was found
  1  it was not, or it was billed twice, or the bridge can't be reached
  2  the command was used wrongly

Examples:
  npm run bridge -- trace api-call-1 --local
  npm run bridge -- trace api-call-1 --around 2026-11-21T09:30Z --hours 6
  npm run -s bridge -- trace api-call-1 --json | head -1
`;

type Flags = Omit<TraceOptions, 'id'>;

export function addTrace(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  const command = program
    .command('trace')
    .summary('show the whole way of one event')
    .description('Shows the whole way of one event: when it was accepted, its fates and reasons, its usage events with the answers of Metronome, its replays.')
    .argument('<id>', "the event's messageId, its transaction_id, or an SQS message id", idFrom)
    .addOption(new Option('--around <time>', 'the middle of the time to search (default: it ends now)').argParser((text) => momentFrom(text, io)))
    .addOption(new Option('--hours <n>', 'how much time to search').argParser(hoursOption).default(DEFAULT_HOURS))
    .option('--json', 'one JSON object a line: each line of the ledger, and a summary last');
  addOperatorOptions(command)
    .addHelpText('after', MORE)
    .action(async (id: string, flags: Flags) => {
      // Only now: the AWS clients take longer to load than most commands to run.
      const { trace } = await import('./trace.ts');
      finish(await trace({ ...flags, id }, io));
    });
}

function momentFrom(text: string, io: Io): number {
  const moment = parseAsOf(text, io.now());
  if (moment === undefined) throw new InvalidArgumentError('Expected now, or a time with its zone, like 2026-11-22T12:00:00Z.');
  return moment;
}

function hoursOption(text: string): number {
  const hours = hoursFrom(text);
  if (hours === undefined) throw new InvalidArgumentError(`Expected hours, over 0 and up to ${MAX_HOURS}.`);
  return hours;
}
