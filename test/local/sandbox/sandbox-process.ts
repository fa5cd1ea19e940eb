import { startSandbox } from '../../../local/sandbox/sandbox.ts';

/** A sandbox in a process of its own, for tests that kill it: prints its origin once it listens. */
const [databasePath = ':memory:', token = ''] = process.argv.slice(2);
const sandbox = await startSandbox({ databasePath, token });
process.stdout.write(`${sandbox.url}\n`);
