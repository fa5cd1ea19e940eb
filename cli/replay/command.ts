import type { Command } from 'commander';

import type { ExitStatus, Io } from '../io.ts';
import { commandText } from './command-text.ts';
import { addArchiveFilterOptions, addReplayOptions } from './options.ts';
import type { ReplayFlags } from './options.ts';
import { runReplay } from './run-replay.ts';
import { FROM_ARCHIVE } from './sources.ts';

const MORE = `
Events that no mapping matched lie in the archive. Those that a mapping of today
matches can be sent through the bridge once more, until they are 33 days old.
What was delivered is never sent again. Without --yes nothing is sent: you see
what would become of the events. Ctrl-C ends it after the round under way; run
again, it goes on where it was. Times are those at which an event was filtered.

Exit status:
  0  all events found would be delivered, or were put into the queue
  1  some would be quarantined or are too old, none that was filtered matches
     the options, or something went wrong
  2  the command was used wrongly
  130  it was interrupted

Examples:
  npm run bridge -- replay --local
  npm run bridge -- replay --from 2026-11-01 --customer c-1 --yes
`;

export function addReplay(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  const command = program
    .command('replay')
    .summary('send filtered events again that a mapping matches now')
    .description('Sends events of the archive through the bridge again that were filtered, and that a mapping matches now.');
  addReplayOptions(addArchiveFilterOptions(command, io))
    .addHelpText('after', MORE)
    .action(async (flags: ReplayFlags) => finish(await runReplay(FROM_ARCHIVE, flags, commandText(command), io)));
}
