import { LINE_FEED, OPEN_BRACKET, trimmed } from './ascii.ts';
import { createDocumentCutter } from './document-cutter.ts';
import { createGathered } from './piece.ts';
import type { Cutter, Piece } from './piece.ts';

/** Cuts NDJSON: each line is an event, or an array of them. A broken line harms only itself; blank lines are none. */
export function createLineCutter(maxLineBytes: number): Cutter {
  const gathered = createGathered(maxLineBytes);
  let line = 1;

  function finish(): readonly Piece[] {
    const whole = gathered.take();
    const at = { line, index: undefined };
    line += 1;
    if (whole === undefined) return [{ kind: 'broken', ...at, problem: `is longer than ${maxLineBytes} bytes; the webhook refuses that` }];
    const bytes = trimmed(whole);
    if (bytes.length === 0) return [];
    if (bytes[0] !== OPEN_BRACKET) return [{ kind: 'value', ...at, bytes }];
    const batch = createDocumentCutter(maxLineBytes, at.line);
    return [...batch.push(bytes), ...batch.end()];
  }

  return {
    push(chunk) {
      const pieces: Piece[] = [];
      let start = 0;
      for (let feed = chunk.indexOf(LINE_FEED); feed >= 0; feed = chunk.indexOf(LINE_FEED, start)) {
        gathered.add(chunk.subarray(start, feed));
        pieces.push(...finish());
        start = feed + 1;
      }
      gathered.add(chunk.subarray(start));
      return pieces;
    },
    end: finish,
    hasStopped: () => false,
  };
}
