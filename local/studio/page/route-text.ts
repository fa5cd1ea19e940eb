export const VIEWS = ['live', 'mappings', 'try', 'quarantine', 'send'] as const;
export type View = (typeof VIEWS)[number];

/** Where the reader is: a view, and what is open in it. */
export interface Route {
  readonly view: View;
  /** Such as the `seq` of the event that is open. */
  readonly detail?: string;
}

/** @param hash as in `location.hash`: `#/live/12`; what isn't known leads to Live */
export function readRoute(hash: string): Route {
  const [name, detail] = hash.replace(/^#\/?/u, '').split('/');
  const view = VIEWS.find((known) => known === name) ?? 'live';
  return detail === undefined || detail === '' ? { view } : { view, detail };
}

export function routeText({ view, detail }: Route): string {
  return detail === undefined ? `#/${view}` : `#/${view}/${detail}`;
}
