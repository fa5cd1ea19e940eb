import type { Command } from 'commander';

import { STDIN } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { importFiles } from './import-file.ts';
import type { ImportOptions } from './import-file.ts';

const MORE = `
Reads what Segment's Public API answers for the subscriptions of a "Metronome
(Actions)" destination, for example:

  curl -fG -H "Authorization: Bearer $SEGMENT_API_TOKEN" \\
    -d pagination.count=200 -o subscriptions.json \\
    https://api.segmentapis.com/destinations/<id>/subscriptions

or one subscription, a list of them, or Terraform's state or configuration as
JSON. "subscribe" or "trigger", and "mapping" or "settings", are the same.
Several files, such as pages, are read as one. Numbers are kept digit for
digit. The result is linted. Without --out it is only shown, on stdout, and
everything else on stderr.

Exit status:
  0  imported, and no lint error
  1  nothing to import, a page is missing (nothing is written), or imported
     (the file is written) with lint errors
  2  the command was used wrongly, or the file exists and --force is missing

Examples:
  npm run bridge -- import subscriptions.json --out new-mappings.json
  npm run bridge -- import subscriptions.json --out mappings.json --force
  npm run bridge -- import page-1.json page-2.json --out new-mappings.json
  curl -fG ... | npm run bridge -- import - --out mappings.json --force
`;

export function addImport(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  program
    .command('import')
    .summary("turn Segment's subscriptions into mappings.json")
    .description("Turns what Segment gives for a destination's subscriptions into mappings.json, and lints it.")
    .argument('[files...]', 'what Segment gave, or - for standard input')
    .option('-o, --out <file>', 'write the mappings to this file')
    .option('--force', 'replace the file if there is one')
    .option('--json', 'one JSON object a line: the mappings, notes, findings, and the summary last')
    .addHelpText('after', MORE)
    .action(async (files: readonly string[], options: ImportOptions) => finish(await importFiles(files.length > 0 ? files : [STDIN], options, io)));
}
