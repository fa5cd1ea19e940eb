import { HELP, readOptions } from './outage/options.ts';
import { isAllDelivered, outageReport } from './outage/report.ts';
import { simulate } from './outage/simulate.ts';

/** Shorter runs show no progress, in milliseconds. */
const PROGRESS_EVERY_MS = 2_000;

/** Tells on stderr how far a long run has come, now and then. */
function progress(): (hours: number, waiting: number) => void {
  let next = performance.now() + PROGRESS_EVERY_MS;
  return (hours, waiting) => {
    if (performance.now() < next) return;
    next = performance.now() + PROGRESS_EVERY_MS;
    process.stderr.write(`Hour ${hours}: ${waiting.toLocaleString('en-US')} events wait …\n`);
  };
}

function main(): number {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const { scenario, json } = options;
  const result = simulate(scenario, progress());
  process.stdout.write(json ? `${JSON.stringify({ scenario, result })}\n` : outageReport(scenario, result));
  return isAllDelivered(result) ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
