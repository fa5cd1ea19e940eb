import { signal } from '@preact/signals';

import { readRoute, routeText } from './route-text.ts';
import type { Route } from './route-text.ts';

/** Follows the address, so that the browser's own back and forward work. */
export const route = signal<Route>(readRoute(location.hash));

addEventListener('hashchange', () => {
  route.value = readRoute(location.hash);
});

export function go(to: Route): void {
  location.hash = routeText(to);
}

/** Goes without a step of its own in the history: for what only moves within an open detail. */
export function goInPlace(to: Route): void {
  history.replaceState(null, '', routeText(to));
  route.value = to;
}
