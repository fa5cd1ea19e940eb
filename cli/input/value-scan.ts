import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COMMA, LINE_FEED, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './ascii.ts';

/** Looks for the end of one JSON value, over as many chunks as it takes. */
export interface ValueScan {
  /**
   * The index just past the value, or -1 if it goes on in the next chunk. Brackets are counted, not matched by kind: a
   * value that mixes them isn't JSON, which its parser finds out.
   */
  end(chunk: Buffer, from: number): number;
  /** Line feeds inside the value so far. */
  lineFeeds(): number;
}

/** For a value that begins with this byte; one that begins with no bracket and no quote ends before a comma or closing bracket. */
export function scanValue(firstByte: number): ValueScan {
  if (firstByte === OPEN_BRACE || firstByte === OPEN_BRACKET || firstByte === QUOTE) return scanEnclosed();
  return scanBare();
}

function scanEnclosed(): ValueScan {
  let state = { depth: 0, quoted: false, escaped: false, feeds: 0 };
  return {
    lineFeeds: () => state.feeds,
    end(chunk, from) {
      // Locals: this loop sees every byte.
      let { depth, quoted, escaped, feeds } = state;
      for (let at = from; at < chunk.length; at += 1) {
        const byte = chunk[at];
        if (byte === LINE_FEED) feeds += 1;
        if (quoted) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) quoted = false;
        } else if (byte === QUOTE) quoted = true;
        else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
        else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
        else continue;
        if (depth === 0 && !quoted) {
          state = { depth, quoted, escaped, feeds };
          return at + 1;
        }
      }
      state = { depth, quoted, escaped, feeds };
      return -1;
    },
  };
}

function scanBare(): ValueScan {
  let feeds = 0;
  return {
    lineFeeds: () => feeds,
    end(chunk, from) {
      for (let at = from; at < chunk.length; at += 1) {
        const byte = chunk[at];
        if (byte === COMMA || byte === CLOSE_BRACKET || byte === CLOSE_BRACE) return at;
        if (byte === LINE_FEED) feeds += 1;
      }
      return -1;
    },
  };
}
