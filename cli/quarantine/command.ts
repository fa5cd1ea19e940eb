import type { Command } from 'commander';

import type { ExitStatus, Io } from '../io.ts';
import { addOperatorOptions } from '../operator/options.ts';
import type { OperatorOptions } from '../operator/operator.ts';
import { commandText } from '../replay/command-text.ts';
import { addFilterOptions, addReplayOptions } from '../replay/options.ts';
import type { FilterFlags, ReplayFlags } from '../replay/options.ts';
import { FROM_QUARANTINE, runReplay } from '../replay/run-replay.ts';
import { listQuarantine } from './list.ts';
import { showQuarantined } from './show.ts';

const LIST_MORE = `
Counted by reason, mapping and day, with the id and the sentence of the latest.
An event is open until it is replayed, and again if it comes back. Those that
were replayed and did not come back are only counted; trace tells their fates.

Exit status:
  0  nothing is open
  1  something is open, or a part of the ledger can't be read
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
the events. With it, those that would be delivered or filtered go back to the
events queue, as they were accepted. What Metronome has taken of an event is not
sent again, whatever the mappings make of it by now. What is over 33 days old is
refused. It can be interrupted, and run again: it goes on where it was.

Exit status:
  0  all events found would be delivered, or were put into the queue
  1  some stay in the quarantine, or something went wrong
  2  the command was used wrongly

Examples:
  npm run bridge -- quarantine replay --reason missing_field
  npm run bridge -- quarantine replay --reason missing_field --yes --rate 200
`;

export function addQuarantine(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  const quarantine = program.command('quarantine').helpCommand(false).description('What waits for a person: see it, and send it again once it is mended.');
  addFilterOptions(quarantine.command('list').summary('what is open, by reason, mapping and day').description('Lists the events that wait for a person.'), io)
    .option('--json', 'one JSON object a line: each group, and the summary last')
    .addHelpText('after', LIST_MORE)
    .action(async (flags: FilterFlags) => finish(await listQuarantine(flags, io)));
  addOperatorOptions(quarantine.command('show').argument('<id>', "the event's SQS message id, or Segment's messageId"))
    .summary('one event, and what would become of it now')
    .description('Shows an event of the quarantine: its line, itself, and what the mappings of today make of it.')
    .option('--json', 'one JSON object')
    .addHelpText('after', SHOW_MORE)
    .action(async (id: string, flags: OperatorOptions & { readonly json?: boolean }) => finish(await showQuarantined(id, flags, io)));
  const replay = quarantine.command('replay').summary('send open events again').description('Sends open events through the bridge again; first shows what would become of them.');
  addReplayOptions(addFilterOptions(replay, io))
    .addHelpText('after', REPLAY_MORE)
    .action(async (flags: ReplayFlags) => finish(await runReplay(FROM_QUARANTINE, flags, commandText(replay), io)));
}
