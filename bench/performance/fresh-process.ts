import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** An answer of {@link answerJob}: JSON either way. */
type Answer = { readonly kind: 'done'; readonly result: unknown } | { readonly kind: 'failed'; readonly message: string };

/**
 * Does a job in a process of its own, which nothing before has warmed up or filled. What it prints, such as the functions'
 * metrics, is thrown away, as CloudWatch would take it.
 * @param file name of a file of this folder that calls {@link answerJob}
 * @param job JSON
 * @throws Error with the sentence of what went wrong there
 */
export async function inFreshProcess<Result>(file: string, job: unknown, environment: NodeJS.ProcessEnv = {}): Promise<Result> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, [JSON.stringify(job)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { ...process.env, ...environment } });
  const ended = once(child, 'exit');
  const [answer]: (Answer | undefined)[] = await Promise.race([once(child, 'message'), ended.then(() => [])]);
  await ended;
  if (answer?.kind === 'done') return answer.result as Result;
  throw new Error(answer?.message ?? `${file} ended without a result.`);
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
