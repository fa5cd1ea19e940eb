// Runs the bundled forward function on a batch, some times over, and says how much memory the process had at most, in
// bytes. Plain JavaScript and the bundle itself: Node's type stripping and the sources would be in the figure.
import { readFileSync } from 'node:fs';

const [bundle = '', batchFile = '', times = ''] = process.argv.slice(2);
const before = process.memoryUsage.rss();
const { handler } = await import(bundle);
const context = { getRemainingTimeInMillis: () => 60_000 };
for (let left = Number(times); left > 0; left -= 1) {
  const { batchItemFailures } = await handler(JSON.parse(readFileSync(batchFile, 'utf8')), context);
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} events were not delivered`);
}
// Kilobytes, on every platform: https://docs.libuv.org/en/v1.x/misc.html#c.uv_rusage_t
process.send({ before, peak: process.resourceUsage().maxRSS * 1_024 }, () => process.exit());
