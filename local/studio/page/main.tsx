import { render } from 'preact';

import { App } from './app.tsx';
import { startFeed } from './live/feed.ts';
import { followFile } from './mappings/follow-file.ts';
import { keepDraft } from './mappings/leaving.ts';

const root = document.querySelector('#studio');
if (root !== null) {
  root.replaceChildren();
  render(<App />, root);
  keepDraft();
  followFile();
  void startFeed();
}
