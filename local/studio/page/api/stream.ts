import { PATHS } from '../../api.ts';
import type { LiveCounts, LiveEvent } from '../../api.ts';
import { AskError, isOutdated, messageOfAsk, open } from './ask.ts';
import { reconnectDelayMs } from './backoff.ts';
import { serverEventParser } from './server-events.ts';
import type { ServerEvent } from './server-events.ts';

export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'waiting'; readonly sentence: string; readonly seconds: number }
  | { readonly kind: 'outdated'; readonly sentence: string };

export interface StreamTaker {
  /** The last event that the page has. */
  after(): number;
  events(arrived: readonly LiveEvent[]): void;
  counts(counts: LiveCounts): void;
  /** The page missed too much, or knows events of an earlier run of the bridge. */
  resync(): void;
  connection(connection: Connection): void;
}

/** The server sends a comment every 15 s; a connection that says nothing at all for longer is dead. */
const SILENCE_MS = 40_000;

/** Follows the stream for as long as the page is there, and opens it again whenever it ends. */
export async function followStream(taker: StreamTaker): Promise<void> {
  let failures = 0;
  while (!isOutdated.peek()) {
    taker.connection({ kind: 'connecting' });
    const sentence = await followOnce(taker, () => {
      failures = 0;
    });
    failures += 1;
    if (isOutdated.peek()) return taker.connection({ kind: 'outdated', sentence });
    const delayMs = reconnectDelayMs(failures, Math.random());
    taker.connection({ kind: 'waiting', sentence, seconds: Math.ceil(delayMs / 1_000) });
    await pause(delayMs);
  }
}

/** @returns why it ended */
async function followOnce(taker: StreamTaker, heard: () => void): Promise<string> {
  const abort = new AbortController();
  let silence = setTimeout(() => abort.abort(), SILENCE_MS);
  try {
    const response = await open(`${PATHS.stream}?after=${taker.after()}`, undefined, abort.signal);
    taker.connection({ kind: 'open' });
    const parse = serverEventParser();
    for await (const piece of textOf(response)) {
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), SILENCE_MS);
      heard();
      for (const event of parse(piece)) take(event, taker);
    }
    return 'The bridge ended the connection.';
  } catch (error) {
    if (abort.signal.aborted) return 'Nothing came from the bridge for a while.';
    return error instanceof AskError ? messageOfAsk(error) : 'The connection to the bridge broke.';
  } finally {
    clearTimeout(silence);
  }
}

/** Contract of the stream; names that aren't known are of a later server. */
function take({ name, body }: ServerEvent, taker: StreamTaker): void {
  if (name === 'events') taker.events(JSON.parse(body) as readonly LiveEvent[]);
  if (name === 'resync') taker.resync();
  if (name === 'counts') taker.counts(JSON.parse(body) as LiveCounts);
}

async function* textOf(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
