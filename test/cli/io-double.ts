import type { Io } from '../../cli/io.ts';

/** A command's surroundings in a test, and what was written to them. */
export interface IoDouble {
  readonly io: Io;
  out(): string;
  err(): string;
  /** What was written to stdout, a JSON value a line. */
  outLines(): readonly Readonly<Record<string, unknown>>[];
}

export const NOW = Date.parse('2026-11-22T12:00:00.000Z');

export function ioDouble(folder: string, overrides: Partial<Io> & { readonly input?: string } = {}): IoDouble {
  const written = { out: '', err: '' };
  const output = (name: keyof typeof written, isTerminal = false): Io['stdout'] => ({
    isTerminal,
    async write(text) {
      written[name] += text;
    },
  });
  const io: Io = {
    stdin: chunksOf(overrides.input ?? ''),
    stdout: output('out'),
    stderr: output('err'),
    now: () => NOW,
    environment: {},
    folder,
    projectFolder: folder,
    ...overrides,
  };
  return {
    io,
    out: () => written.out,
    err: () => written.err,
    outLines: () =>
      written.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
  };
}

async function* chunksOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
