import { isRight } from './measure.ts';
import type { Result } from './measure.ts';

export function table({ eventsPerSecond, sent, sentInSeconds, counters, heap, latencyMs, bridgePeakMb }: Result): string {
  return [
    `${sent} events, ${eventsPerSecond} a second asked for, sent in ${sentInSeconds} s`,
    '',
    row('counter', 'page', 'bridge'),
    ...counters.map((counter) => `${row(counter.name, counter.page, counter.bridge)}${isRight(counter) ? '' : '  differs'}`),
    '',
    row('page after', 'heap, MB', 'held, MB', 'nodes'),
    ...heap.map(({ atSeconds, usedMb, heldMb, elements }) => row(`${atSeconds} s`, usedMb, heldMb, elements)),
    '',
    `key press to next frame: median ${latencyMs.median} ms, longest ${latencyMs.max} ms, of ${latencyMs.presses}`,
    `bridge's peak memory: ${bridgePeakMb} MB`,
    '',
  ].join('\n');
}

function row(name: string, ...values: readonly (string | number)[]): string {
  return `  ${name.padEnd(14)}${values.map((value) => String(value).padStart(10)).join('')}`;
}
