import { Presets, SingleBar } from 'cli-progress';

import type { Io } from './io.ts';
import { count } from './text.ts';

/** Short work shows nothing, in milliseconds. */
const BAR_AFTER_MS = 1_000;
const LINE_EVERY_MS = 2_000;

/** Shows on stderr how far long work has come: a bar on a terminal, else a plain line every two seconds. */
export interface Progress {
  /** Takes note of more work done. */
  advance(bytes: number, events: number): Promise<void>;
  /** Clears the bar, so that something else can be printed; it comes back by itself. */
  hide(): Promise<void>;
  stop(): void;
}

/**
 * @param totalBytes of all the work, or undefined if unknown
 * @param terminal what a bar is drawn on
 */
export function createProgress(io: Io, totalBytes: number | undefined, terminal: NodeJS.WritableStream = process.stderr): Progress {
  const done = { bytes: 0, events: 0 };
  const show = io.stderr.isTerminal ? bar(io, totalBytes, terminal) : lines(io);
  return {
    hide: () => show.hide(),
    stop: () => show.stop(),
    async advance(bytes, events) {
      done.bytes += bytes;
      done.events += events;
      await show.update(done.bytes, done.events);
    },
  };
}

interface Shown {
  update(bytes: number, events: number): Promise<void>;
  hide(): Promise<void>;
  stop(): void;
}

function lines(io: Io): Shown {
  let next = io.now() + LINE_EVERY_MS;
  return {
    hide: async () => undefined,
    stop: () => undefined,
    async update(_bytes, events) {
      if (io.now() < next) return;
      next = io.now() + LINE_EVERY_MS;
      await io.stderr.write(`${count(events, 'event')} so far\n`);
    },
  };
}

function bar(io: Io, totalBytes: number | undefined, stream: NodeJS.WritableStream): Shown {
  const begins = io.now() + BAR_AFTER_MS;
  const format = totalBytes === undefined ? '{events} so far' : '{bar} {percentage} %  {events}';
  let started: SingleBar | undefined;
  return {
    // Back to the line's start, and clear it.
    hide: async () => (started === undefined ? undefined : io.stderr.write('\r\u001b[K')),
    stop: () => started?.stop(),
    async update(bytes, events) {
      if (io.now() < begins) return;
      started ??= startBar({ format, stream }, totalBytes ?? 0);
      started.update(bytes, { events: count(events, 'event') });
    },
  };
}

function startBar(where: { readonly format: string; readonly stream: NodeJS.WritableStream }, totalBytes: number): SingleBar {
  // The cursor (null) and the wrapping of lines (true) are left as they are, so that Ctrl-C leaves nothing behind.
  const started = new SingleBar({ ...where, barsize: 30, clearOnComplete: true, hideCursor: null, linewrap: true, gracefulExit: false }, Presets.shades_classic);
  started.start(totalBytes, 0, { events: '' });
  return started;
}
