import { useSignal } from '@preact/signals';

import { PATHS } from '../../api.ts';
import type { QuarantineView as Quarantined } from '../../api.ts';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/asked.ts';
import { Asking, Empty, Problem } from '../parts/problem.tsx';
import { go, route } from '../route.ts';
import { count } from '../text/figures.ts';
import { GroupList } from './group-list.tsx';
import { GroupSheet } from './group-sheet.tsx';
import { groupKey } from './group.ts';
import { ReplayDialog } from './replay-dialog.tsx';
import type { ReplayWish } from './replay-dialog.tsx';

/** What waits for a person: by what is wrong with it, to mend and to send again. */
export function QuarantineView() {
  const [asked, again] = useAsked((signal) => ask<Quarantined>(PATHS.quarantine, { signal }), []);
  const wish = useSignal<ReplayWish | undefined>(undefined);
  const state = asked.value;
  if (state.kind === 'failed') return <Problem sentence={state.sentence} again={again} />;
  if (state.kind !== 'answered') return <Asking what="Reading the quarantine" />;
  const { groups, total } = state.answer;
  if (groups.length === 0) return <Empty title="Nothing is quarantined.">An event comes here when it can't be billed without a person: with the reason, and the field at fault.</Empty>;
  const open = groups.find((group) => route.value.view === 'quarantine' && groupKey(group) === route.value.detail);
  return (
    <>
      <div class="bar">
        <p class="bar-state">{count(total, 'event')} in quarantine</p>
        <div class="bar-end">
          <button type="button" class="button" onClick={again}>
            Refresh
          </button>
          <button type="button" class="button" onClick={() => (wish.value = {})}>
            Replay all…
          </button>
        </div>
      </div>
      <div class={open === undefined ? 'split' : 'split split-open split-even'}>
        <GroupList groups={groups} total={total} open={open} />
        {open !== undefined && <GroupSheet group={open} replay={(wanted) => (wish.value = wanted)} close={() => go({ view: 'quarantine' })} />}
      </div>
      {wish.value !== undefined && (
        <ReplayDialog
          wish={wish.value}
          close={() => {
            wish.value = undefined;
            again();
          }}
        />
      )}
    </>
  );
}
