import type { Signal } from '@preact/signals';

import type { SendRequest } from '../../api.ts';

const KINDS: readonly { readonly kind: SendRequest['kind']; readonly title: string; readonly help: string }[] = [
  { kind: 'single', title: 'Single', help: 'One signed event, as Segment sends it.' },
  { kind: 'batch', title: 'Batch', help: 'Several events in one request, with the endpoint token.' },
  { kind: 'bad_signature', title: 'Bad signature', help: 'Signed with another secret: it has to be refused so that Segment sends it again.' },
  { kind: 'oversize', title: 'Oversize', help: 'Larger than the bridge takes: it has to be refused for good.' },
];

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
