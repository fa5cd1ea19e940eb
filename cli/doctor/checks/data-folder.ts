import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { DEFAULT_DATA_FOLDER } from '../../../local/start-settings.ts';
import { fail, ok } from '../check.ts';
import type { Check, ConfigurationContext, Finding } from '../check.ts';

const ELSEWHERE = 'Set BRIDGE_DATA to a folder you can write to.';

export const DATA_FOLDER: Check<ConfigurationContext> = {
  name: 'data folder',
  async run({ io: { environment, projectFolder } }) {
    const folder = environment['BRIDGE_DATA'] || DEFAULT_DATA_FOLDER;
    return writable(folder, nearestThere(resolve(projectFolder, folder)));
  },
};

/** npm start makes what is missing. */
function nearestThere(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestThere(dirname(path));
}

function writable(folder: string, there: string): Finding {
  if (!statSync(there).isDirectory()) return fail(`${folder} can't be used: ${there} is a file.`, ELSEWHERE);
  try {
    accessSync(there, constants.W_OK | constants.X_OK);
  } catch {
    return fail(`${folder} can't be written to.`, ELSEWHERE);
  }
  return ok(`${folder} can be written to.`);
}
