/** Something whoever runs the bridge on this machine should hear of. Carries ids, never a body or a secret. */
export interface Problem {
  /** Which part speaks. */
  readonly at: 'gateway' | 'event-source' | 'sandbox' | 'secrets-manager' | 'studio';
  /** One plain sentence: what went wrong, and what becomes of it. */
  readonly message: string;
  readonly cause?: unknown;
}

/** Takes a problem to wherever people look. Must not throw. */
export type Report = (problem: Problem) => void;
