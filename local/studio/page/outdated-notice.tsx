import { isOutdated } from './api/ask.ts';
import { isDirty } from './mappings/draft.ts';
import { reload } from './mappings/leaving.ts';

/** The page's token is of an earlier run: nothing here works until it is loaded again. */
export function OutdatedNotice() {
  if (!isOutdated.value) return null;
  return (
    <div class="notice notice-warning notice-band" role="alert">
      <p>
        The bridge was started again since this page was loaded, so it no longer answers.
        {isDirty.value && ' Your unsaved mappings are kept over the reload.'}
      </p>
      <button type="button" class="button" onClick={reload}>
        Reload
      </button>
    </div>
  );
}
