import { useSignal } from '@preact/signals';

import { figure } from '../text/figures.ts';
import { cut, visible } from '../text/visible.ts';

interface HostileProps {
  readonly text: string | undefined;
  readonly maxChars?: number;
}

/** A value out of an event, within its own direction of writing; only ever a text node. What is longer than its column is cut by the style sheet. */
export function Hostile({ text, maxChars = 200 }: HostileProps) {
  if (text === undefined || text === '') return <span class="faint">–</span>;
  const shown = visible(cut(text, maxChars));
  return <bdi title={visible(cut(text, 1_000))}>{text.length > maxChars ? `${shown}…` : shown}</bdi>;
}

/** The same where there is room: what is cut can be seen whole. */
export function HostileWhole({ text, maxChars = 300 }: HostileProps) {
  const isOpen = useSignal(false);
  if (text === undefined || text === '') return <span class="faint">–</span>;
  if (text.length <= maxChars) return <bdi class="wrap">{visible(text)}</bdi>;
  return (
    <>
      <bdi class="wrap">{visible(isOpen.value ? text : cut(text, maxChars))}</bdi>{' '}
      <button type="button" class="link" aria-expanded={isOpen.value} onClick={() => (isOpen.value = !isOpen.value)}>
        {isOpen.value ? 'Show less' : `Show all ${figure(text.length)} characters`}
      </button>
    </>
  );
}
