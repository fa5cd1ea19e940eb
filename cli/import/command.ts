import type { Command } from 'commander';

import { STDIN } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { importFile } from './import-file.ts';
import type { ImportOptions } from './import-file.ts';

const MORE = `
Reads what Segment's Public API answers for the subscriptions of a "Metronome
(Actions)" destination, for example:

  curl -G -H "authorization: Bearer $SEGMENT_TOKEN" -d pagination.count=200 \\
    https://api.segmentapis.com/destinations/<id>/subscriptions

or one subscription, a list of them, or Terraform's state or configuration as
JSON. "subscribe" or "trigger", and "mapping" or "settings", are the same.
Numbers are kept digit for digit. The result is linted. Without --out it goes
to stdout, and everything else to stderr.

Exit status:
  0  imported, and no lint error
  1  nothing to import, or imported (the file is written) with lint errors
  2  the command was used wrongly, or the file exists already

Examples:
  npm run bridge -- import subscriptions.json --out mappings.json
  curl ... | npm run -s bridge -- import - > mappings.json
`;

export function addImport(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  program
    .command('import')
    .summary("turn Segment's subscriptions into mappings.json")
    .description("Turns what Segment gives for a destination's subscriptions into mappings.json, and lints it.")
    .argument('[file]', 'what Segment gave, or - for stdin', STDIN)
    .option('-o, --out <file>', 'write the mappings to this file')
    .option('--force', 'replace the file if there is one')
    .option('--json', 'one JSON object a line: the mappings, notes, findings, and the summary last')
    .addHelpText('after', MORE)
    .action(async (file: string, options: ImportOptions) => finish(await importFile(file, options, io)));
}
