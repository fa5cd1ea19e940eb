import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

import { ConfigError } from '../../lib/config.ts';
import { checkMappingsText } from '../../lib/mappings-file.ts';
import { fileProblem } from '../file-problem.ts';
import { EXIT, STDIN } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { checkedText, statusOf } from '../lint.ts';
import type { Checked } from '../lint.ts';
import { count, printable, wrap } from '../text.ts';
import { importText } from './import-text.ts';
import type { ImportResult } from './import-text.ts';
import { refuseToOverwrite, writeWhole } from './write-file.ts';

const SCHEMA_FILE = 'mappings.schema.json';
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
export async function importFile(file: string, { out, force, json }: ImportOptions, io: Io): Promise<ExitStatus> {
  const target = resolve(io.folder, out ?? DEFAULT_NAME);
  if (out !== undefined) refuseToOverwrite(target, out, force === true);
  const name = file === STDIN ? 'stdin' : file;
  const result = importText(await inputText(file, name, io));
  const text = result.problems.length > 0 ? undefined : mappingsFileText(result, schemaReference(target, io));
  if (text !== undefined && out !== undefined) writeWhole(target, out, text);
  const checked = text === undefined ? { problems: [], findings: [] } : checkMappingsText(text, out ?? DEFAULT_NAME);
  const shown: Shown = { name, out, result, text, checked };
  await (json === true ? showJson(shown, io) : showText(shown, io));
  return text === undefined ? EXIT.foundProblems : statusOf(checked);
}

interface Shown {
  readonly name: string;
  readonly out: string | undefined;
  readonly result: ImportResult;
  /** Of the mappings file; undefined if there is none. */
  readonly text: string | undefined;
  readonly checked: Checked;
}

async function showText({ name, out, result, text, checked }: Shown, io: Io): Promise<void> {
  const lines = [...result.problems, ...result.notes.map((note) => `Note: ${note}`)].map((line) => wrap(`${name}: ${line}.`, ''));
  await io.stderr.write(printable(lines.map((line) => `${line}\n`).join('')));
  if (text === undefined) {
    await io.stderr.write('Nothing was imported.\n');
    return;
  }
  if (out === undefined) await io.stdout.write(text);
  const imported = `${count(result.mappings.length, 'mapping')} imported${out === undefined ? '' : ` into ${out}`}`;
  await io.stderr.write(printable(`${imported}.\n\n${checkedText(checked, { name: out ?? DEFAULT_NAME })}`));
}

async function showJson({ name, out, result, text, checked }: Shown, io: Io): Promise<void> {
  const { findings } = checked;
  const problems = [...result.problems, ...checked.problems];
  const summary = { file: name, out, imported: result.mappings.length, problems: problems.length, notes: result.notes.length, findings: findings.length };
  const lines = [
    ...(text === undefined ? [] : result.mappings.map((mapping) => ({ mapping }))),
    ...problems.map((problem) => ({ problem })),
    ...result.notes.map((note) => ({ note })),
    ...findings.map((finding) => ({ finding })),
    { summary },
  ];
  await io.stdout.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** An object of one plain member, over three lines: nearly all directives. A text holds no line feed, so nothing inside of texts is like this. */
const LONELY_MEMBER = /\{\n\s+("(?:[^"\\]|\\.)*": (?:"(?:[^"\\]|\\.)*"|[\w.+-]+))\n\s+\}/g;

/** In lines for people: a directive such as `{ "@path": "$.event" }` on one. */
function mappingsFileText({ mappings }: ImportResult, schema: string): string {
  return `${JSON.stringify({ $schema: schema, mappings }, undefined, 2).replaceAll(LONELY_MEMBER, '{ $1 }')}\n`;
}

/** The schema's place as seen from the file, for editors. */
function schemaReference(target: string, io: Io): string {
  const path = relative(dirname(target), join(io.projectFolder, SCHEMA_FILE)).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

async function inputText(file: string, name: string, io: Io): Promise<string> {
  const bytes = file === STDIN ? await stdinBytes(io) : fileBytes(file, io);
  if (!isUtf8(bytes)) throw new ConfigError([`${name} is not UTF-8; save it as UTF-8.`]);
  return bytes.toString('utf8');
}

async function stdinBytes(io: Io): Promise<Buffer> {
  if (io.stdin.isTTY === true) await io.stderr.write('Reading subscriptions from the terminal; Ctrl-D ends them. (A file: name it after import.)\n');
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function fileBytes(file: string, io: Io): Buffer {
  try {
    return readFileSync(resolve(io.folder, file));
  } catch (error) {
    throw new ConfigError([`${file} ${fileProblem(error)}.`]);
  }
}
