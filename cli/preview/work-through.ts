import { statSync } from 'node:fs';
import { resolve } from 'node:path';

import { placeText } from '../input/entry.ts';
import type { Entry, EventEntry } from '../input/entry.ts';
import { findFiles } from '../input/find-files.ts';
import { readEntries } from '../input/read-entries.ts';
import type { Format } from '../input/sniff.ts';
import { STDIN } from '../io.ts';
import type { Io } from '../io.ts';
import { createProgress } from '../progress.ts';
import type { Progress } from '../progress.ts';
import { count, printable, unbroken, visible, wrap } from '../text.ts';
import { BROKEN_WORDS, isBroken } from './report.ts';
import type { BrokenEntry } from './report.ts';

/** Where events come from. */
interface Input {
  /** As people name them: relative to where they stand, `-` for stdin. */
  readonly paths: readonly string[];
  /** Told by each file's name or first lines, unless given. */
  readonly format: Format | undefined;
}

/** What is done with what the input holds; each gives what is to be printed. */
export interface Visitor {
  /** A file begins in which there is something. */
  file(): void;
  event(event: EventEntry): string;
  broken(entry: BrokenEntry): string;
  /** True if a machine reads what is printed: people are then told on stderr what is broken. */
  readonly isForMachines: boolean;
}

/** So many places of broken input are told on stderr; stdout has them all. */
const TOLD_ON_STDERR = 20;

/** Reads all of the input in order, and prints as it goes. Nothing that is wrong with one file or event stops the rest. */
export async function workThrough({ paths, format }: Input, visitor: Visitor, io: Io): Promise<void> {
  const { files, problems, otherFiles } = findFiles(paths, io.folder);
  const complain = visitor.isForMachines ? complainer(io) : async () => undefined;
  for (const { path, problem } of problems) {
    const entry: BrokenEntry = { kind: 'not_read', place: { file: path }, problem };
    await io.stdout.write(visitor.broken(entry));
    await complain([entry]);
  }
  if (otherFiles > 0) await note(`${count(otherFiles, 'other file')} skipped; events are read from .json, .ndjson and .jsonl, also as .gz`, io);
  if (files.includes(STDIN) && io.stdin.isTTY === true) await note('reading events from the terminal; Ctrl-D ends them', io);
  const progress = createProgress(io, totalBytes(files, io.folder));
  try {
    for (const file of files) await workThroughFile({ file, format }, visitor, { io, progress, complain });
  } finally {
    progress.stop();
  }
}

interface Surroundings {
  readonly io: Io;
  readonly progress: Progress;
  readonly complain: (entries: readonly Entry[]) => Promise<void>;
}

async function workThroughFile(source: { file: string; format: Format | undefined }, visitor: Visitor, { io, progress, complain }: Surroundings): Promise<void> {
  let isEmpty = true;
  for await (const { entries, bytes } of readEntries(source.file, io, source.format)) {
    if (isEmpty && entries.some(({ kind }) => kind === 'event' || kind === 'broken')) visitor.file();
    if (entries.length > 0) isEmpty = false;
    const text = entries.map((entry) => visit(entry, visitor)).join('');
    if (text !== '' && io.stdout.isTerminal) await progress.hide();
    await io.stdout.write(text);
    await complain(entries);
    for (const { place } of entries.filter(({ kind }) => kind === 'mappings')) await note(`${unbroken(placeText(place))} holds mappings, not events, and is skipped`, io);
    await progress.advance(bytes, entries.filter(({ kind }) => kind === 'event').length);
  }
  if (isEmpty) await note(`${source.file === STDIN ? 'stdin' : unbroken(visible(source.file))} holds no event`, io);
}

function visit(entry: Entry, visitor: Visitor): string {
  if (entry.kind === 'event') return visitor.event(entry);
  return isBroken(entry) ? visitor.broken(entry) : '';
}

function complainer(io: Io): Surroundings['complain'] {
  let told = 0;
  return async (entries) => {
    for (const entry of entries) {
      if (!isBroken(entry) || told === TOLD_ON_STDERR) continue;
      told += 1;
      // On one line, for logs.
      await io.stderr.write(`${visible(`${BROKEN_WORDS[entry.kind]}: ${placeText(entry.place)} ${entry.problem}`)}\n`);
      if (told === TOLD_ON_STDERR) await note('more broken input is told on stdout only', io);
    }
  };
}

async function note(text: string, io: Io): Promise<void> {
  await io.stderr.write(printable(`${wrap(`Note: ${text}.`, '')}\n`));
}

/** Undefined if a part of the input doesn't tell its size. */
function totalBytes(files: readonly string[], folder: string): number | undefined {
  if (files.includes(STDIN)) return undefined;
  return files.reduce((size, file) => size + (statSync(resolve(folder, file), { throwIfNoEntry: false })?.size ?? 0), 0);
}
