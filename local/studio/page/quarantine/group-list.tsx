import { Hostile } from '../parts/hostile.tsx';
import { go } from '../route.ts';
import { figure } from '../text/figures.ts';
import { dayAndClock } from '../text/moment.ts';
import { groupKey } from './group.ts';
import type { Group } from './group.ts';

interface GroupListProps {
  readonly groups: readonly Group[];
  readonly total: number;
  readonly open: Group | undefined;
}

export function GroupList({ groups, total, open }: GroupListProps) {
  return (
    <div class="list-side">
      <table class="table groups" onKeyDown={moveFocus}>
        <caption class="visually-hidden">Quarantined events by reason and field</caption>
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Field</th>
            <th scope="col" class="number">
              Events
            </th>
            <th scope="col">Latest</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={groupKey(group)} class={group === open ? 'row-open' : undefined}>
              <th scope="row" data-name="Reason">
                <button type="button" class="group-name mono" aria-expanded={group === open} onClick={() => go({ view: 'quarantine', detail: groupKey(group) })}>
                  <Hostile text={group.reason} />
                </button>
              </th>
              <td class="mono" data-name="Field">
                <Hostile text={group.field} />
              </td>
              <td class="number" data-name="Events">
                {figure(group.count)}
                <meter class="share" min={0} max={total} value={group.count} aria-label="Share of the quarantine" />
              </td>
              <td class="faint" data-name="Latest">
                {group.samples[0] === undefined ? '–' : dayAndClock(group.samples[0].at).slice(0, 19)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const names = [...event.currentTarget.querySelectorAll<HTMLElement>('.group-name')];
  const at = names.findIndex((name) => name === event.target);
  event.preventDefault();
  names[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}
