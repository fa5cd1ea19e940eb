import type { Io } from '../io.ts';
import { jsonLines } from '../json-text.ts';
import { checkedText } from '../lint/report.ts';
import type { Checked } from '../lint/report.ts';
import { count, printable, unbroken, wrap } from '../text.ts';
import type { ImportResult } from './import-text.ts';

/** An import that is done. */
export interface Finished {
  /** Of the input. */
  readonly names: readonly string[];
  /** The file that was asked for. */
  readonly out: string | undefined;
  readonly result: ImportResult;
  /** Of the mappings file; undefined if there is none. */
  readonly text: string | undefined;
  readonly checked: Checked;
}

/** What findings call the mappings: printed ones are in no file. */
export function checkedName(out: string | undefined): string {
  return out ?? 'the imported mappings';
}

/** The mappings on stdout unless they went into a file, everything for people on stderr. */
export async function showText({ names, out, result, text, checked }: Finished, io: Io): Promise<void> {
  const lines = [...result.problems.map((problem) => `${problem}.`), ...result.notes.map((note) => `Note: ${note}.`)];
  await io.stderr.write(printable(lines.map((line) => `${wrap(keepWhole(line, names), '')}\n`).join('')));
  if (text === undefined) {
    await io.stderr.write('Nothing was imported.\n');
    return;
  }
  if (out === undefined) await io.stdout.write(text);
  const imported = `${count(result.mappings.length, 'mapping')} imported${out === undefined ? '' : ` into ${out}`}`;
  await io.stderr.write(printable(`${imported}.\n\n${checkedText(checked, checkedName(out))}`));
}

function keepWhole(line: string, names: readonly string[]): string {
  return names.reduce((text, name) => text.replaceAll(name, unbroken(name)), line);
}

/** One JSON object a line on stdout, and the summary last. */
export async function showJson({ names, out, result, text, checked }: Finished, io: Io): Promise<void> {
  const { findings } = checked;
  const problems = [...result.problems, ...checked.problems];
  const summary = { files: names, out, imported: result.mappings.length, problems: problems.length, notes: result.notes.length, findings: findings.length };
  const lines = [
    ...(text === undefined ? [] : result.mappings.map((mapping) => ({ mapping }))),
    ...problems.map((problem) => ({ problem })),
    ...result.notes.map((note) => ({ note })),
    ...findings.map((finding) => ({ finding })),
    { summary },
  ];
  await io.stdout.write(jsonLines(lines));
}
