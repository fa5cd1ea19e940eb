import type { RunView } from '../../api.ts';
import { messageOfAsk } from '../api/ask.ts';
import { FateMark } from '../parts/fate.tsx';
import { Hostile } from '../parts/hostile.tsx';
import { say } from '../parts/toast.tsx';
import { count, figure } from '../text/figures.ts';
import { askRaw, pickLoaded } from './chosen.ts';

const FATES = ['delivered', 'filtered', 'quarantined'] as const;

/** How many fates change, and of which events. */
export function RunSummary({ run }: { readonly run: RunView }) {
  const { events, changed, changes } = run;
  return (
    <>
      <p>{events === 0 ? 'No event has passed yet.' : `${count(changed, 'event')} of ${figure(events)} would change.`}</p>
      <FateTable run={run} />
      {changes.length > 0 && <Changes run={run} />}
    </>
  );
}

function FateTable({ run: { fatesBefore, fatesAfter } }: { readonly run: RunView }) {
  return (
    <table class="table table-small">
      <caption class="visually-hidden">Fates with the saved mappings and with the edited ones</caption>
      <thead>
        <tr>
          <th scope="col">Fate</th>
          <th scope="col" class="number">
            Saved
          </th>
          <th scope="col" class="number">
            Edited
          </th>
          <th scope="col" class="number">
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        {FATES.map((fate) => (
          <tr key={fate}>
            <th scope="row" data-name="Fate">
              <FateMark fate={fate} />
            </th>
            <td class="number" data-name="Saved">
              {figure(fatesBefore[fate])}
            </td>
            <td class="number" data-name="Edited">
              {figure(fatesAfter[fate])}
            </td>
            <td class="number" data-name="Change">
              {signed(fatesAfter[fate] - fatesBefore[fate])}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Changes({ run: { changes, changed } }: { readonly run: RunView }) {
  return (
    <>
      {changed > changes.length && <p class="faint">The first {figure(changes.length)} of them:</p>}
      <ul class="changes" aria-label="Events that would change">
        {changes.map(({ event, before, after }) => (
          <li key={event.seq}>
            <button type="button" class="link" onClick={() => void take(event.seq, event.name ?? event.sqsMessageId)}>
              <Hostile text={event.name ?? event.type ?? event.messageId ?? event.sqsMessageId} maxChars={60} />
            </button>
            <span class="diff-removed">
              <Hostile text={before} maxChars={160} />
            </span>
            <span class="diff-added">
              <span class="visually-hidden">becomes </span>
              <span aria-hidden="true">→ </span>
              <Hostile text={after} maxChars={160} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

async function take(seq: number, name: string): Promise<void> {
  try {
    await pickLoaded(() => askRaw(seq), name);
    document.querySelector('.try')?.scrollIntoView();
  } catch (error) {
    say(messageOfAsk(error));
  }
}

function signed(change: number): string {
  if (change === 0) return '0';
  return change > 0 ? `+${figure(change)}` : `−${figure(-change)}`;
}
