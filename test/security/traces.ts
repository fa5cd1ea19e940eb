import { EVENT_MARKER, SECRET_MARKER } from './planted.ts';

/** A marker as it is, in base64 at any place of a text, and in hex. */
function tracesOf(marker: string): readonly string[] {
  const inBase64 = [0, 1, 2].map((shift) => Buffer.from(`${'x'.repeat(shift)}${marker}`).toString('base64').slice(4, -4));
  return [marker, ...inBase64, Buffer.from(marker).toString('hex')];
}

const TRACES = [...tracesOf(EVENT_MARKER), ...tracesOf(SECRET_MARKER)];

/** The lines of an output that hold something of an event or of a secret. */
export function linesWithMarkers(output: string): readonly string[] {
  return output.split('\n').filter((line) => TRACES.some((trace) => line.includes(trace)));
}
