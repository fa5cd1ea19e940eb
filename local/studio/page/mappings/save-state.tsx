import { count } from '../text/figures.ts';
import { draft, file, isDirty, isOvertaken, lint, openErrors } from './draft.ts';
import { LintBadges } from './lint-badges.tsx';
import { saveState } from './save.ts';

/** Where the edited mappings stand: saved or not, and what the linter has found in them. */
export function SaveStateLine() {
  const view = file.value;
  const isOther = view !== undefined && view.running !== view.version;
  const { findings, problems } = lint.value;
  return (
    <p class="bar-state" role="status">
      <span class={isDirty.value ? 'tag tag-warning' : 'tag'}>{isDirty.value ? 'Unsaved changes' : 'Saved'}</span>
      {isOvertaken.value && (
        <span class="tag tag-warning" title="Somebody else saved the file since you began to edit. Saving shows both and asks.">
          Changed on disk
        </span>
      )}
      <LintBadges findings={findings} problems={problems.length} />
      {isOther && (
        <span class="tag tag-warning" title={`Forward maps with the version ${view.running.slice(0, 12)}, the file is ${view.version.slice(0, 12)}.`}>
          Not what runs
        </span>
      )}
      <span class="faint mono path">
        <bdi>{view?.path}</bdi>
      </span>
    </p>
  );
}

/** Why nothing was saved; a refusal holds until the next edit. */
export function Refusal() {
  const state = saveState.value;
  if (state.kind === 'failed') {
    return (
      <p class="notice notice-error bar-wide" role="alert">
        {state.sentence}
      </p>
    );
  }
  const stops = openErrors.value + lint.value.problems.length;
  if (state.kind !== 'refused' || state.text !== draft.value.text || stops === 0) return null;
  return (
    <p class="notice notice-error bar-wide" role="alert">
      Not saved: {count(stops, 'error')} would lose events or bill them wrongly. Mend what is marked below, or acknowledge it where it is meant.
    </p>
  );
}
