import { OperatorError } from './operator-error.ts';

/** AWS doesn't do what was asked; the sentence's two halves for whoever shows them apart. */
export class AwsError extends OperatorError {
  /** What can't be done, and why; a sentence without its full stop. */
  readonly problem: string;
  /** The next step, beginning in lower case, without a full stop. */
  readonly next: string;

  constructor(problem: string, next: string, { separator = '; ', ...options }: ErrorOptions & { readonly separator?: '; ' | '. ' } = {}) {
    super(`${problem}${separator}${separator === '. ' ? capitalised(next) : next}.`, options);
    this.problem = problem;
    this.next = next;
  }
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
