import { useEffect } from 'preact/hooks';

import { LiveView } from './live/live-view.tsx';
import { MappingsView } from './mappings/mappings-view.tsx';
import { Navigation } from './navigation.tsx';
import { OutdatedNotice } from './outdated-notice.tsx';
import { Toasts } from './parts/toast.tsx';
import { QuarantineView } from './quarantine/quarantine-view.tsx';
import type { View } from './route-text.ts';
import { route } from './route.ts';
import { SendView } from './send/send-view.tsx';
import { TopBar } from './top-bar.tsx';
import { TryView } from './try/try-view.tsx';

const VIEW_PARTS: Readonly<Record<View, () => preact.JSX.Element>> = {
  live: LiveView,
  mappings: MappingsView,
  try: TryView,
  quarantine: QuarantineView,
  send: SendView,
};

const TITLES: Readonly<Record<View, string>> = { live: 'Live', mappings: 'Mappings', try: 'Try', quarantine: 'Quarantine', send: 'Send' };

export function App() {
  const { view } = route.value;
  const Shown = VIEW_PARTS[view];
  useEffect(() => {
    document.title = `${TITLES[view]} · Bridge studio`;
  }, [view]);
  return (
    <>
      <a class="skip" href="#main" onClick={skipToMain}>
        Skip to the content
      </a>
      <TopBar />
      <Navigation titles={TITLES} />
      <OutdatedNotice />
      <main id="main" tabIndex={-1} class={`view view-${view}`} aria-label={TITLES[view]}>
        <h1 class="visually-hidden">{TITLES[view]}</h1>
        <Shown />
      </main>
      <Toasts />
    </>
  );
}

/** The hash is the route: the link must not change it. */
function skipToMain(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}
