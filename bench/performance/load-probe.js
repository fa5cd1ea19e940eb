// Loads one bundle in a process that has loaded nothing else, and prints what that took in microseconds. Plain JavaScript:
// Node's type stripping would be in the figure. Required, as Lambda does it.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const cpu = process.cpuUsage();
const start = performance.now();
require(process.argv[2] ?? '');
const wallMicros = (performance.now() - start) * 1_000;
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({ cpuMicros: user + system, wallMicros }));
