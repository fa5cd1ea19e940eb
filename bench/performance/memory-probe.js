// Runs the bundled forward function on a batch, some times over, and says how much memory the process had at most, and what
// it still held after the first few batches and after all, in bytes. Plain JavaScript and the bundle itself: Node's type
// stripping and the sources would be in the figures. Needs --expose-gc.
import { readFileSync } from 'node:fs';

const [bundle = '', batchFile = '', settled = '', times = ''] = process.argv.slice(2);
const before = process.memoryUsage.rss();
const { handler } = await import(bundle);
const context = { getRemainingTimeInMillis: () => 60_000 };

async function handle(batches) {
  for (let left = batches; left > 0; left -= 1) {
    const { batchItemFailures } = await handler(JSON.parse(readFileSync(batchFile, 'utf8')), context);
    if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} events were not delivered`);
  }
}

/** Objects and buffers that nothing lets go of. */
function held() {
  // Twice: the first collection runs finalizers, which let go of more.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

await handle(Number(settled));
const heldEarly = held();
await handle(Number(times) - Number(settled));
// Kilobytes, on every platform: https://docs.libuv.org/en/v1.x/misc.html#c.uv_rusage_t
const peak = process.resourceUsage().maxRSS * 1_024;
process.send({ before, peak, heldEarly, heldLate: held() }, () => process.exit());
