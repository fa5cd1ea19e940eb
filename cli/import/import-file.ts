import { resolve } from 'node:path';

import { checkMappingsText } from '../../lib/mappings-file.ts';
import { EXIT, STDIN } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { statusOf } from '../lint/report.ts';
import { readText, textOf } from '../read-text.ts';
import { importTexts } from './import-text.ts';
import type { Source } from './import-text.ts';
import { mappingsFileText } from './mappings-file-text.ts';
import { checkedName, showJson, showText } from './report.ts';
import type { Finished } from './report.ts';
import { refuseToWrite, writeWhole } from './write-file.ts';

/** Where the mappings are taken to lie, when they are only printed: their schema is named as seen from there. */
const DEFAULT_NAME = 'mappings.json';

export interface ImportOptions {
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/**
 * @throws UsageError if the result may not be written
 * @throws ConfigError if the input can't be read
 */
export async function importFiles(files: readonly string[], { out, force, json }: ImportOptions, io: Io): Promise<ExitStatus> {
  const target = resolve(io.folder, out ?? DEFAULT_NAME);
  if (out !== undefined) refuseToWrite(target, out, force === true);
  const sources: Source[] = [];
  for (const file of files) sources.push(await readSource(file, io));
  const result = importTexts(sources);
  const text = result.problems.length > 0 ? undefined : mappingsFileText(result.mappings, target, io.projectFolder);
  if (text !== undefined && out !== undefined) writeWhole(target, out, text);
  const checked = text === undefined ? { problems: [], findings: [] } : checkMappingsText(text, checkedName(out));
  const finished: Finished = { names: sources.map(({ name }) => name), out, result, text, checked };
  await (json === true ? showJson(finished, io) : showText(finished, io));
  return text === undefined ? EXIT.foundProblems : statusOf(checked);
}

async function readSource(file: string, io: Io): Promise<Source> {
  if (file === STDIN) return { name: 'stdin', text: textOf(await stdinBytes(io), 'stdin') };
  return { name: file, text: readText(resolve(io.folder, file), file) };
}

async function stdinBytes(io: Io): Promise<Buffer> {
  if (io.stdin.isTTY === true) await io.stderr.write('Note: reading subscriptions from the terminal; Ctrl-D ends them. To read a file, name it after import.\n');
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}
