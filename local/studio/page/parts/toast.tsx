import { signal } from '@preact/signals';

interface Toast {
  readonly text: string;
  readonly undo?: (() => void) | undefined;
}

const toast = signal<Toast | undefined>(undefined);

/** Long enough to be read, or to be listened to. */
const SHOWN_MS = 10_000;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Says what was done. What can be undone stays until the next one, or until it is closed: nobody has to be fast to undo. */
export function say(text: string, undo?: () => void): void {
  clearTimeout(timer);
  toast.value = { text, undo };
  if (undo === undefined) timer = setTimeout(hush, SHOWN_MS);
}

export function hush(): void {
  toast.value = undefined;
}

/** Always in the page, so that screen readers notice what comes into it. */
export function Toasts() {
  const shown = toast.value;
  return (
    <div class="toasts" role="status">
      {shown !== undefined && (
        <div class="toast">
          <span class="wrap">{shown.text}</span>
          {shown.undo !== undefined && (
            <button type="button" class="button" onClick={() => takeBack(shown)}>
              Undo
            </button>
          )}
          <button type="button" class="button icon-button" aria-label="Close this message" onClick={hush}>
            ×
          </button>
        </div>
      )}
    </div>
  );
}

function takeBack(shown: Toast): void {
  hush();
  shown.undo?.();
}
