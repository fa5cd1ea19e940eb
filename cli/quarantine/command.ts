import type { Command } from 'commander';

import type { ExitStatus, Io } from '../io.ts';
import { addOperatorOptions, idFrom } from '../operator/options.ts';
import type { OperatorOptions } from '../operator/operator.ts';
import { commandText } from '../replay/command-text.ts';
import { addFilterOptions, addQuarantineReplayOptions, addReplayOptions } from '../replay/options.ts';
import type { FilterFlags, ReplayFlags } from '../replay/options.ts';
import { runReplay } from '../replay/run-replay.ts';
import { FROM_QUARANTINE } from '../replay/sources.ts';
import { listQuarantine } from './list.ts';
import { showQuarantined } from './show.ts';

const LIST_MORE = `
Counted by reason, mapping and day, with the id and the sentence of the latest.
An event is open until it is replayed, and again if it comes back. Of those that
were replayed it is counted what became of them; for that, the archive is read
from the first of these replays on. Times are those of an event's latest fate.

Exit status:
  0  nothing is open, and no replay is under way
  1  something is (also if none of it matches the options), or a part of the
     ledger can't be read
  2  the command was used wrongly

Examples:
  npm run bridge -- quarantine list --local
  npm run bridge -- quarantine list --reason missing_field --day 2026-11-22
`;

const SHOW_MORE = `
Exit status:
  0  shown
  1  there is no such event in the quarantine, or it can't be read
  2  the command was used wrongly

Example:
  npm run bridge -- quarantine show --local 6c1f0c1e-0000-4000-8000-000000000000
`;

const REPLAY_MORE = `
Without --yes nothing is sent: you see what the mappings of today would make of
the events. With it, those that would be delivered go back to the events queue,
as they were accepted; with --filtered also those that no mapping takes any
more, which then only the archive keeps. What is over 33 days old is refused.

What Metronome has taken of an event is not sent again: it is known by its
mapping's name, or by its transaction_id. If one of these takes part by neither,
it may be any mapping under a new name: nothing is sent then, unless
--nothing-renamed says that it isn't.

Ctrl-C ends it after the round under way; run again, it goes on where it was. An
event under way is left alone until it comes back. If its message is lost, as by
a purge: --again ID, or --again all that match.

Exit status:
  0  all events found would be delivered, or were put into the queue
  1  some stay in the quarantine, none of them matches the options, or
     something went wrong
  2  the command was used wrongly
  130  it was interrupted

Examples:
  npm run bridge -- quarantine replay --reason missing_field
  npm run bridge -- quarantine replay --reason missing_field --yes --rate 200
`;

export function addQuarantine(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  const quarantine = program.command('quarantine').helpCommand(false).description('What waits for a person: see it, and send it again once it is mended.');
  const list = quarantine.command('list').summary('what is open, by reason, mapping and day').description('Lists the events that wait for a person.');
  addFilterOptions(list, io)
    .option('--json', 'one JSON object a line: each group, and the summary last')
    .addHelpText('after', LIST_MORE)
    .action(async (flags: FilterFlags) => finish(await listQuarantine(flags, commandText(list).replace(' quarantine list', ' quarantine replay').replace(' --json', ''), io)));
  addOperatorOptions(quarantine.command('show').argument('<id>', "the event's SQS message id, or Segment's messageId", idFrom))
    .summary('one event, and what would become of it now')
    .description('Shows an event of the quarantine: its line, itself, and what the mappings of today make of it.')
    .option('--json', 'one JSON object')
    .addHelpText('after', SHOW_MORE)
    .action(async (id: string, flags: OperatorOptions & { readonly json?: boolean }) => finish(await showQuarantined(id, flags, io)));
  const replay = quarantine.command('replay').summary('send open events again').description('Sends open events through the bridge again; first shows what would become of them.');
  addQuarantineReplayOptions(addReplayOptions(addFilterOptions(replay, io)))
    .addHelpText('after', REPLAY_MORE)
    .action(async (flags: ReplayFlags) => finish(await runReplay(FROM_QUARANTINE, flags, commandText(replay), io)));
}
