import { effect, untracked } from '@preact/signals';

import { counts } from '../live/feed.ts';
import { file, loadFile } from './draft.ts';

/** Reads the file anew whenever it is another one on disk: another tab may have saved it, or another editor. */
export function followFile(): void {
  let known: string | undefined;
  effect(() => {
    const stamp = counts.value?.mappingsStamp;
    if (stamp === undefined || stamp === known) return;
    known = stamp;
    untracked(() => {
      if (file.value !== undefined) void loadFile();
    });
  });
}
