import { say } from './toast.tsx';

/** Puts a text on the clipboard and says so. */
export function CopyButton({ what, text }: { readonly what: string; readonly text: string }) {
  return (
    <button type="button" class="button button-small" aria-label={`Copy ${what}`} onClick={() => void copy(what, text)}>
      Copy
    </button>
  );
}

async function copy(what: string, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied ${what}.`);
  } catch {
    say(`The browser doesn't let this page copy ${what}. Mark it and copy it yourself.`);
  }
}
