import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** An answer of {@link answerJob}: JSON either way. */
type Answer = { readonly kind: 'done'; readonly result: unknown } | { readonly kind: 'failed'; readonly message: string };

export interface ProcessOptions {
  readonly environment?: NodeJS.ProcessEnv;
  /** Of Node. */
  readonly flags?: readonly string[];
}

/** So much of the end of what a process printed is shown when it fails, in characters. */
const SHOWN_CHARS = 2_000;

/**
 * Does a job in a process of its own, which nothing before has warmed up or filled. What it prints, such as the functions'
 * log lines and metrics, is thrown away, as CloudWatch would take it.
 * @param file name of a file of this folder that calls {@link answerJob}
 * @param job JSON
 * @throws Error with the sentence of what went wrong there
 */
export async function inFreshProcess<Result>(file: string, job: unknown, { environment = {}, flags = [] }: ProcessOptions = {}): Promise<Result> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, [JSON.stringify(job)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, ...environment }, execArgv: [...flags] });
  let printed = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    printed = `${printed}${chunk.toString('utf8')}`.slice(-SHOWN_CHARS);
  });
  const ended = once(child, 'close');
  const [answer]: (Answer | undefined)[] = await Promise.race([once(child, 'message'), ended.then(() => [])]);
  await ended;
  if (answer?.kind === 'done') return answer.result as Result;
  throw new Error(answer?.message ?? `${file} ended without a result. It printed:\n${printed}`);
}

/** The other side of {@link inFreshProcess}. */
export function answerJob<Job>(work: (job: Job) => Promise<unknown>): void {
  const send = (answer: Answer): void => {
    // Kept connections must not keep the process.
    process.send?.(answer, () => process.exit());
  };
  work(JSON.parse(process.argv[2] ?? '')).then(
    (result) => send({ kind: 'done', result }),
    (error: unknown) => send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
}
