import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { PROJECT } from '../helpers/project.ts';

const patterns = readFileSync(join(PROJECT, '.gitignore'), 'utf8').split('\n');

describe('files that hold a secret or events', () => {
  // The names that README, docs and the tool's next steps use.
  it.each(['value.txt', 'events.ndjson', 'my-events.ndjson', 'my-events/', 'old.json', 'subscriptions.json', '.bridge/'])('are ignored by git: %s', (name) => {
    const ignores = patterns.some((pattern) => [`/${name}`, name].includes(pattern) || (pattern.endsWith('*') && `/${name}`.startsWith(pattern.slice(0, -1))));

    expect(ignores).toBe(true);
  });
});
