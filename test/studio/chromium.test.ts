import { expect, it } from '@jest/globals';

import { findChromium, isBuild, NO_CHROMIUM } from './chromium.ts';

// The one place that tells of it: the other suites of this folder skip without a word.
it('a build has the browser that the studio is tested in', () => {
  const chromium = findChromium(process.env);
  if (chromium === undefined) process.stderr.write(`${NO_CHROMIUM}\n`);

  expect(chromium !== undefined || !isBuild(process.env)).toBe(true);
});

it.each([
  ['CHROMIUM_PATH before all', { CHROMIUM_PATH: '/opt/own-chromium', PATH: '/usr/bin' }, '/opt/own-chromium'],
  ['nothing on an empty PATH', { PATH: '' }, undefined],
  ['nothing in folders that are not there', { PATH: '/nowhere:/nowhere/else' }, undefined],
])('finds %s', (_, environment, found) => {
  expect(findChromium(environment)).toBe(found);
});

it.each([
  [{}, false],
  [{ CI: '' }, false],
  [{ CI: 'false' }, false],
  [{ CI: '1' }, true],
  [{ CI: 'true' }, true],
])('%j is a build: %s', (environment, is) => {
  expect(isBuild(environment)).toBe(is);
});
