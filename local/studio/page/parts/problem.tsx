import type { ComponentChildren } from 'preact';

interface ProblemProps {
  readonly sentence: string;
  readonly again?: (() => void) | undefined;
}

/** What went wrong, in the server's own words. */
export function Problem({ sentence, again }: ProblemProps) {
  return (
    <div class="notice notice-error" role="alert">
      <p>{sentence}</p>
      {again !== undefined && (
        <button type="button" class="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Nothing is there, and why. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children !== undefined && <p>{children}</p>}
    </div>
  );
}

export function Asking({ what }: { readonly what: string }) {
  return (
    <p class="asking" role="status">
      {what}…
    </p>
  );
}
