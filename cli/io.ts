/** Where a command writes. */
export interface Output {
  /** Resolves when more may be written; a slow reader slows the command down instead of filling its memory. */
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
}

/** All that a command touches of the process it runs in, so that a test can stand in for it. */
export interface Io {
  readonly stdin: AsyncIterable<Buffer> & { readonly isTTY?: boolean | undefined };
  readonly stdout: Output;
  readonly stderr: Output;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Aborted by Ctrl-C, if a command listens to it: else that ends the process, as a second one always does. */
  readonly interruption?: AbortSignal | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** Where paths on the command line start. */
  readonly folder: string;
  /** Where the settings, the mappings and the samples lie. */
  readonly projectFolder: string;
}

/** Stands for stdin among file names. */
export const STDIN = '-';

/** What every command ends with; the last is how a process says that Ctrl-C ended it: 128 and the signal's number. */
export const EXIT = { fine: 0, foundProblems: 1, wrongUse: 2, interrupted: 130 } as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** The command line asks for something that makes no sense; nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
