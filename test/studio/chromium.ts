import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's name, and those of other systems' packages. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

export const NO_CHROMIUM = 'The tests of the studio in a browser are skipped: there is no Chromium. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.';

/** The browser that CHROMIUM_PATH names, or the first one on the PATH. */
export function findChromium(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment['CHROMIUM_PATH'];
  if (named) return named;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** Where a build runs, CI is set, and nothing may be skipped there. */
export function isBuild({ CI }: NodeJS.ProcessEnv): boolean {
  return CI !== undefined && CI !== '' && CI !== '0' && CI !== 'false';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
