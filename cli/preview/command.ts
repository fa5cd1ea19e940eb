import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';

import { UsageError } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { parseAsOf } from './moment.ts';
import type { AsOf } from './moment.ts';
import { preview } from './preview.ts';
import type { PreviewOptions } from './preview.ts';
import { SHOWN_ALIKE, SHOWN_IN_FULL } from './text-report.ts';

const MORE = `
Events are JSON (one event, an array of them, or several documents) or NDJSON
(an event or an array on each line), also gzipped. Folders are searched for
.json, .ndjson and .jsonl files, also as .gz; - is standard input. Without
files, the project's samples are read. Files of the bridge's own ledger are
taken as they are: the event in each line is previewed.

Usage events that repeat a transaction_id of an earlier one are counted, for
Metronome bills it once; they don't change the exit status.

For people, ${SHOWN_IN_FULL} events are shown in full; after them only problems, ${SHOWN_ALIKE} of
a kind. --verbose shows all. The summary comes last.

With --diff, a transaction_id that changes for the same event is an error: an
event that was sent before would be billed under both ids.

Exit status:
  0  all events would be delivered or are filtered; with --diff: no event
     changes its transaction_id or is newly quarantined
  1  an event would be quarantined, the input has broken lines, no events, or
     files that can't be read, or the mappings can't be used
  2  the command was used wrongly

Examples:
  npm run bridge -- preview
  npm run bridge -- preview events.ndjson --mappings new.json --diff old.json
  npm run -s bridge -- preview samples --json | head -3
`;

type Flags = Omit<PreviewOptions, 'paths' | 'asOf'> & { readonly asOf: AsOf };

export function addPreview(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  program
    .command('preview')
    .summary('show what the bridge would make of events')
    .description("Shows what the bridge would make of events: usage events, fates and reasons, by the deployed code. Nothing is sent.")
    .argument('[files...]', 'files or folders of Segment events, or - for standard input')
    .option('-m, --mappings <file>', 'the mappings to use (default: the setting "mappings")')
    .option('-d, --diff <old file>', 'show only what changes against these mappings')
    .addOption(new Option('--as-of <moment>', 'judge ages as if events arrived then: now, or like 2026-11-22T12:00:00Z').argParser((text) => asOfFrom(text, io)).default('own', "each event's receivedAt, else its sentAt, else now"))
    .addOption(new Option('--format <format>', 'of the input (default: told by name or first lines)').choices(['json', 'ndjson']))
    .option('-v, --verbose', 'show every event')
    .option('--json', 'one JSON object a line: each event, and the summary last')
    .addHelpText('after', MORE)
    .action(async (files: readonly string[], flags: Flags) => {
      if (files.includes('')) throw new UsageError('One of the files to preview is an empty text: is a variable unset? Leave it out for the samples, or write . for this folder.');
      finish(await preview({ ...flags, paths: files }, io));
    });
}

function asOfFrom(text: string, io: Io): AsOf {
  const moment = parseAsOf(text, io.now());
  if (moment === undefined) throw new InvalidArgumentError('Expected now, or a moment with its zone, like 2026-11-22T12:00:00Z.');
  return moment;
}
