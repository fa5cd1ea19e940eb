import { join, relative } from 'node:path';

import type { Io } from '../io.ts';
import { unbroken, wrap } from '../text.ts';

const SAMPLES = 'samples';

/** The project's samples, for when no file is named. Says that they are shown: whoever pipes events in expects those to be. */
export async function samples(io: Io): Promise<string> {
  const path = relative(io.folder, join(io.projectFolder, SAMPLES)) || '.';
  await io.stderr.write(`${wrap(`Note: no files are named, so the events of ${unbroken(path)} are shown. Name files or folders of your own; - reads standard input.`, '')}\n`);
  return path;
}
