import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';

import type { ExitStatus, Io } from '../io.ts';
import { addOperatorOptions } from '../operator/options.ts';
import { commandText } from '../replay/command-text.ts';
import { parseRate } from '../replay/options.ts';
import { listDeadLetters } from './list.ts';
import type { ListOptions } from './list.ts';
import { replayDeadLetters } from './replay.ts';
import type { ReplayDeadLettersOptions } from './replay.ts';

/** Letters looked at, unless the operator says otherwise. */
const DEFAULT_LIMIT = 100;
/** Beyond that the first ones would be visible again before the last are seen. */
const MAX_LIMIT = 1_000;
/** What SQS moves a second at most. */
const DEFAULT_RATE = 500;

const LIST_MORE = `
The days left are until SQS deletes a letter: 14 days after it entered the
events queue. With more letters than are looked at, SQS chooses which.

Exit status:
  0  there are none
  1  there are some, or the queue can't be read
  2  the command was used wrongly

Examples:
  npm run bridge -- deadletters list --local
  npm run -s bridge -- deadletters list --json --limit 10
`;

const REPLAY_MORE = `
Letters go back as they are, with all their attributes; the guards against
billing twice stay with them. Without --yes nothing is sent.

On AWS, SQS moves them by itself, and gives them new ids: what is in the ledger
under the SQS id a letter had before isn't linked with what follows, so trace it
by its messageId. In the local run they keep that link. What was delivered of
an event before it became a dead letter is sent once more; Metronome bills it
once, as long as the mappings give it the same transaction_id.

Exit status:
  0  they were put back, or there are none
  1  something went wrong, or some can't be reached now
  2  the command was used wrongly

Example:
  npm run bridge -- deadletters replay --yes
`;

export function addDeadLetters(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  const letters = program.command('deadletters').helpCommand(false).description('Events that forward tried in vain, as it crashed or for too long: see them, and send them again.');
  addOperatorOptions(letters.command('list').summary('what is there, and for how long').description('Lists dead letters; of those it looks at, the ones that SQS deletes first are at the top.'))
    .addOption(new Option('--limit <letters>', `how many to look at, up to ${MAX_LIMIT}`).argParser(parseLimit).default(DEFAULT_LIMIT))
    .option('--json', 'one JSON object a line: each letter, and the summary last')
    .addHelpText('after', LIST_MORE)
    .action(async (options: ListOptions) => finish(await listDeadLetters(options, io)));
  const replay = letters.command('replay').summary('put them back into the events queue').description('Puts all dead letters back into the events queue.');
  addOperatorOptions(replay)
    .option('--yes', 'send; without it nothing is sent')
    .addOption(new Option('--rate <letters>', 'letters moved a second, at most').argParser(parseRate).default(DEFAULT_RATE))
    .option('--json', 'one JSON object')
    .addHelpText('after', REPLAY_MORE)
    .action(async (options: ReplayDeadLettersOptions) => finish(await replayDeadLetters(options, commandText(replay), io)));
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) throw new InvalidArgumentError(`Expected a whole number from 1 to ${MAX_LIMIT}.`);
  return limit;
}
