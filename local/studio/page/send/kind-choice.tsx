import type { Signal } from '@preact/signals';

import type { SendRequest } from '../../api.ts';
import { KINDS } from './kinds.ts';

export function KindChoice({ kind }: { readonly kind: Signal<SendRequest['kind']> }) {
  return (
    <fieldset class="kinds">
      <legend>Kind of request</legend>
      {KINDS.map(({ kind: one, title, help }) => (
        <label key={one} class="kind">
          <input type="radio" name="kind" checked={kind.value === one} onChange={() => (kind.value = one)} />
          <span>
            <strong>{title}</strong>
            <span class="faint small">{help}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
