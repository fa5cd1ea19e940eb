import { NotDeployed, StepFailure } from './step-failure.ts';

/** Runs steps one after the other and tells of each in one line. */
export interface Reporter {
  /**
   * @param told what is worth saying of the step's result
   * @throws what the step throws, after telling of it; a NotDeployed speaks for itself
   */
  step<T>(title: string, work: () => Promise<T>, told?: (result: T) => string): Promise<T>;
}

export interface ReporterOptions {
  readonly write: (text: string) => void;
  readonly json: boolean;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Ends a step that is under way; what it was waiting for goes on unheard. */
  readonly interruption?: AbortSignal;
}

const TITLE_WIDTH = 44;

/** Ctrl-C ended the step. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('interrupted');
  }
}

export function createReporter({ write, json, now, interruption }: ReporterOptions): Reporter {
  const startedAt = now();

  function tell(title: string, from: number, ok: boolean, detail: string): void {
    const seconds = Math.round((now() - from) / 100) / 10;
    const atSeconds = Math.round((from - startedAt) / 100) / 10;
    if (json) return write(`${JSON.stringify({ step: title, ok, seconds, atSeconds, detail })}\n`);
    write(`${ok ? 'ok  ' : 'FAIL'} ${title.padEnd(TITLE_WIDTH)} ${seconds.toFixed(1).padStart(6)} s  ${detail}\n`);
  }

  return {
    async step(title, work, told = () => '') {
      const from = now();
      try {
        const result = await orInterrupted(work, interruption);
        tell(title, from, true, told(result));
        return result;
      } catch (error) {
        if (!(error instanceof NotDeployed)) tell(title, from, false, failureText(error, json));
        throw error;
      }
    },
  };
}

function orInterrupted<T>(work: () => Promise<T>, interruption: AbortSignal | undefined): Promise<T> {
  if (interruption === undefined) return work();
  if (interruption.aborted) return Promise.reject(new Interrupted());
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(new Interrupted());
  interruption.addEventListener('abort', onAbort, { once: true });
  return Promise.race([work(), promise]).finally(() => interruption.removeEventListener('abort', onAbort));
}

function failureText(error: unknown, json: boolean): string {
  if (error instanceof StepFailure) return json ? error.message : `\n     expected: ${error.expected}\n     seen:     ${error.seen}`;
  return error instanceof Error ? error.message : String(error);
}
