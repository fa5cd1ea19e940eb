import { counts } from './live/feed.ts';
import { isDirty } from './mappings/draft.ts';
import { VIEWS, routeText } from './route-text.ts';
import type { View } from './route-text.ts';
import { route } from './route.ts';
import { figure } from './text/figures.ts';

export function Navigation({ titles }: { readonly titles: Readonly<Record<View, string>> }) {
  return (
    <nav class="nav" aria-label="Views">
      {VIEWS.map((view) => (
        <a key={view} href={routeText({ view })} class="nav-link" aria-current={route.value.view === view ? 'page' : undefined}>
          {titles[view]}
          {view === 'mappings' && isDirty.value && <span class="nav-mark">unsaved</span>}
          {view === 'quarantine' && <QuarantineMark />}
        </a>
      ))}
    </nav>
  );
}

function QuarantineMark() {
  const quarantined = counts.value?.fates.quarantined ?? 0;
  if (quarantined === 0) return null;
  return <span class="nav-mark nav-count">{figure(quarantined)}</span>;
}
