import type { Io, Output } from '../io.ts';

/** Surroundings for a command that runs inside of the local bridge: nothing to read, and what it writes is kept. */
export interface CapturedIo {
  readonly io: Io;
  /** The last line of stdout: of a command for machines its summary. */
  lastLine(): string;
  /** Its notes and warnings, a sentence or more each. */
  notes(): readonly string[];
}

export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly projectFolder: string;
  readonly now: () => number;
}

/** What else it says on stderr only shows how far it is. */
const NOTE = /^(?:Note|Warning): /;

export function capturedIo({ environment, projectFolder, now }: Surroundings): CapturedIo {
  let last = '';
  const said: string[] = [];
  const stdout = outputTo((text) => {
    last = text.trimEnd().split('\n').at(-1) ?? last;
  });
  const stderr = outputTo((text) => said.push(text.trim().replaceAll(/\s*\n\s*/g, ' ')));
  return {
    io: { stdin: nothing(), stdout, stderr, now, environment, folder: projectFolder, projectFolder },
    lastLine: () => last,
    notes: () => said.filter((text) => NOTE.test(text)).map((text) => text.replace(NOTE, '')),
  };
}

function outputTo(take: (text: string) => void): Output {
  return { isTerminal: false, write: async (text) => take(text) };
}

async function* nothing(): AsyncGenerator<Buffer> {}
