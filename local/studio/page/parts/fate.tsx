import type { LiveFate } from '../../api.ts';

/** A shape of its own for each, so that nobody needs the colour. */
const SHAPES: Readonly<Record<LiveFate, string>> = {
  delivered: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-1 10L4 8l1-1 2 2 4-4 1 1-5 5Z',
  filtered: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 2a5 5 0 1 1 0 10A5 5 0 0 1 8 3ZM5 7v2h6V7H5Z',
  quarantined: 'M8 1 .5 14.5h15L8 1Zm-1 5h2v4H7V6Zm0 5h2v2H7v-2Z',
  returned: 'M8 2a6 6 0 1 1-5.7 4.1l1.9.6A4 4 0 1 0 8 4v3L3.5 3.5 8 0v2Z',
};

export function FateIcon({ fate }: { readonly fate: LiveFate }) {
  return (
    <svg class={`icon fate-${fate}`} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={SHAPES[fate]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}

/** Shape, colour and word. */
export function FateMark({ fate }: { readonly fate: LiveFate }) {
  return (
    <span class={`fate fate-${fate}`}>
      <FateIcon fate={fate} />
      {fate}
    </span>
  );
}
