import type { ReadonlySignal } from '@preact/signals';
import { useComputed } from '@preact/signals';

import type { LiveEvent } from '../../api.ts';
import { figure } from '../text/figures.ts';
import { rows } from './feed.ts';
import { MAX_ROWS } from './rows.ts';

interface NewRowsProps {
  readonly held: ReadonlySignal<readonly LiveEvent[] | undefined>;
  readonly toTop: () => void;
}

/** What has come since the list was held; it comes in when the reader wants it. */
export function NewRows({ held, toTop }: NewRowsProps) {
  const fresh = useComputed(() => countNewer(held.value));
  if (fresh.value === 0) return null;
  return (
    <div class="new-rows">
      <button type="button" class="button button-main" onClick={toTop}>
        ↑ {fresh.value >= MAX_ROWS ? `${figure(MAX_ROWS)} or more` : figure(fresh.value)} new
      </button>
    </div>
  );
}

function countNewer(held: readonly LiveEvent[] | undefined): number {
  if (held === undefined) return 0;
  const newest = held[0]?.seq ?? -1;
  const first = rows.value.findIndex(({ seq }) => seq <= newest);
  return first < 0 ? rows.value.length : first;
}
