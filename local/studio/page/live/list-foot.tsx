import type { LiveEvent } from '../../api.ts';
import { Asking, Empty, Problem } from '../parts/problem.tsx';
import { routeText } from '../route-text.ts';
import { count, figure } from '../text/figures.ts';
import { askNewest, cutOff, filter, hasOlder, isAsking, problem } from './feed.ts';
import { isFiltering } from './filter.ts';
import { MAX_ROWS } from './rows.ts';

interface ListFootProps {
  readonly shown: readonly LiveEvent[];
  readonly askOlder: () => void;
}

/** What there is besides the rows. */
export function ListFoot({ shown, askOlder }: ListFootProps) {
  if (shown.length === 0) return null;
  return (
    <div class="list-foot">
      <span>{count(shown.length, 'event')}</span>
      {shown.length >= MAX_ROWS && <span>The list holds {figure(MAX_ROWS)}; a filter finds older ones.</span>}
      {hasOlder.value && shown.length < MAX_ROWS && (
        <button type="button" class="button button-small" disabled={isAsking.value} onClick={askOlder}>
          {isAsking.value ? 'Loading…' : 'Load older'}
        </button>
      )}
    </div>
  );
}

/** A list that stands still looks like one where nothing happens. */
export function CutOff() {
  if (cutOff.value === '') return null;
  return <p class="notice notice-warning">{cutOff.value} The list stands still; the page tries again by itself.</p>;
}

/** Why the list isn't what it should be. */
export function ListState({ shown }: Pick<ListFootProps, 'shown'>) {
  if (problem.value !== '') return <Problem sentence={problem.value} again={() => void askNewest()} />;
  if (shown.length > 0) return null;
  if (isAsking.value) return <Asking what="Loading events" />;
  if (isFiltering(filter.value)) return <Empty title="No event passes the filter.">Events that do appear here as they come.</Empty>;
  return (
    <Empty title="No event yet.">
      Point a webhook at this bridge, or <a href={routeText({ view: 'send' })}>send one yourself</a>.
    </Empty>
  );
}
