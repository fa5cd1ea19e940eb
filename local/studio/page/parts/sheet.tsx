import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { isNarrow } from './narrow.ts';

interface SheetProps {
  readonly label: string;
  readonly title: ComponentChildren;
  readonly close: () => void;
  readonly children: ComponentChildren;
  /** When it changes, the reader begins at the top, and the heading takes the focus anew. */
  readonly subject: string;
  /** On wide screens the list keeps the focus, so that its arrow keys go on. */
  readonly takesFocus?: boolean;
}

/** Details beside a list; where the screen is narrow, over it. */
export function Sheet({ label, title, close, children, subject, takesFocus = true }: SheetProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useFocusBack();
  useEffect(() => {
    body.current?.scrollTo({ top: 0 });
    if (takesFocus || isNarrow()) heading.current?.focus({ preventScroll: true });
  }, [subject]);
  useEscape(close);
  return (
    <section class="sheet" aria-label={label}>
      <header class="sheet-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" class="button icon-button" aria-label={`Close ${label.toLowerCase()}`} title="Close (Esc)" onClick={close}>
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="1.6" />
          </svg>
        </button>
      </header>
      <div ref={body} class="sheet-body">{children}</div>
    </section>
  );
}

/** Gives the focus back to where it was, unless it went on by itself. */
function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
}

/** What has the key already (a completion, a dialog) keeps it, and so does an editor. */
function useEscape(act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest('dialog, .cm-editor, .search') !== null) return;
      latest.current();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
