import { resolve } from 'node:path';

import { checkMappingsText } from '../../lib/mappings-file.ts';
import { EXIT, STDIN } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { statusOf } from '../lint/report.ts';
import { readText, textOf } from '../read-text.ts';
import { importText } from './import-text.ts';
import { mappingsFileText } from './mappings-file-text.ts';
import { DEFAULT_NAME, showJson, showText } from './report.ts';
import type { Finished } from './report.ts';
import { refuseToOverwrite, writeWhole } from './write-file.ts';

export interface ImportOptions {
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/**
 * @throws UsageError if the result may not be written
 * @throws ConfigError if the input can't be read
 */
export async function importFile(file: string, { out, force, json }: ImportOptions, io: Io): Promise<ExitStatus> {
  const target = resolve(io.folder, out ?? DEFAULT_NAME);
  if (out !== undefined) refuseToOverwrite(target, out, force === true);
  const name = file === STDIN ? 'stdin' : file;
  const result = importText(file === STDIN ? textOf(await stdinBytes(io), name) : readText(resolve(io.folder, file), name));
  const text = result.problems.length > 0 ? undefined : mappingsFileText(result.mappings, target, io.projectFolder);
  if (text !== undefined && out !== undefined) writeWhole(target, out, text);
  const checked = text === undefined ? { problems: [], findings: [] } : checkMappingsText(text, out ?? DEFAULT_NAME);
  const finished: Finished = { name, out, result, text, checked };
  await (json === true ? showJson(finished, io) : showText(finished, io));
  return text === undefined ? EXIT.foundProblems : statusOf(checked);
}

async function stdinBytes(io: Io): Promise<Buffer> {
  if (io.stdin.isTTY === true) await io.stderr.write('Note: reading subscriptions from the terminal; Ctrl-D ends them. To read a file, name it after import.\n');
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}
