import { getEventListeners } from 'node:events';
import { join } from 'node:path';

import { EXIT } from '../cli/io.ts';
import { outputOf } from '../cli/output.ts';
import { runBridge } from '../cli/run.ts';

const PROJECT_FOLDER = join(import.meta.dirname, '..');

// Lambda runs in UTC, and a time without a zone is read in the process's own.
process.env['TZ'] = 'UTC';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough, like head.
    if (error.code === 'EPIPE') process.exit(EXIT.fine);
    if (stream === process.stdout) process.stderr.write(`The output can't be written (${error.code ?? error.message}): look at the disk or the program it goes to.\n`);
    process.exit(EXIT.foundProblems);
  });
}
const interruption = new AbortController();
process.on('SIGINT', () => {
  process.stderr.write('\n');
  const { signal } = interruption;
  if (signal.aborted || getEventListeners(signal, 'abort').length === 0) process.exit(EXIT.interrupted);
  interruption.abort();
});

// npm runs scripts in the project's folder, and tells where people stand.
const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
process.exitCode = await runBridge(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: outputOf(process.stdout),
  stderr: outputOf(process.stderr),
  now: Date.now,
  interruption: interruption.signal,
  environment: process.env,
  folder: script === 'bridge' && folder !== undefined ? folder : process.cwd(),
  projectFolder: PROJECT_FOLDER,
});
