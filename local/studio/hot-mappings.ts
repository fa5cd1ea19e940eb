import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

import { messageOf } from '../../lambda/error-text.ts';
import { ownMember } from '../../lambda/json-value.ts';
import { compileMappings } from '../../lambda/mapping/index.ts';
import type { CompiledMappings } from '../../lambda/mapping/index.ts';

const LOOK_EVERY_MS = 1_000;
/** Versions that events of the list may have been mapped with. */
const KEPT_VERSIONS = 20;

/** A version that forward runs, or ran. */
export interface MappingsVersion {
  readonly text: string;
  readonly compiled: CompiledMappings;
}

export interface HotMappings {
  readonly path: string;
  /** What forward uses from now on: the file as it is, or was before it broke. */
  current(): MappingsVersion;
  /** One that this process has run; undefined for any other. */
  ofVersion(version: string): MappingsVersion | undefined;
  /** Why the file on disk isn't what runs, as a sentence. */
  trouble(): string | undefined;
  /** Another one whenever the file is another one, or is gone. */
  stamp(): string;
  /** Tells of each version that comes to run, until the result is called. The listener must not throw. */
  watch(listener: (version: string) => void): () => void;
  stop(): void;
}

export interface HotMappingsOptions {
  readonly path: string;
  /** What forbids to run a text, as sentences; what can't be compiled is forbidden anyway. */
  readonly problemsOf: (text: string) => readonly string[];
  /** Told once of each text that can't be used. */
  readonly onTrouble: (sentence: string) => void;
  /** Between two looks at the file, in milliseconds; each batch looks, too. */
  readonly lookEveryMs?: number;
}

/**
 * The mappings file as it changes: whoever writes it, the next batch is mapped with what it says now. One that can't be
 * used changes nothing and is told of, unless it is mended at once, as when an editor was still writing it.
 * @throws MappingsFileError if the file can't be used at the start
 */
export function openHotMappings({ path, problemsOf, onTrouble, lookEveryMs = LOOK_EVERY_MS }: HotMappingsOptions): HotMappings {
  let stamp = stampOf(path);
  let running = compiled(readFileSync(path, 'utf8'));
  const versions = new Map([[running.compiled.version, running]]);
  const listeners = new Set<(version: string) => void>();
  let trouble: { readonly sentence: string; readonly isTold: boolean } | undefined;

  function look(): void {
    const found = stampOf(path);
    if (found === stamp) return;
    stamp = found;
    try {
      use(readFileSync(path, 'utf8'));
      trouble = undefined;
    } catch (error) {
      const why = ownMember(error, 'code') === 'ENOENT' ? `There is no file ${path} any more; put it back.` : messageOf(error);
      trouble = { sentence: `The mappings file can't be used as it is now, so the mappings from before stay in use. ${why}`, isTold: false };
    }
  }

  function use(text: string): void {
    if (versionOf(text) === running.compiled.version) return;
    const problems = problemsOf(text);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    running = compiled(text);
    remember(running);
    for (const tell of listeners) tell(running.compiled.version);
  }

  function remember(version: MappingsVersion): void {
    versions.delete(version.compiled.version);
    versions.set(version.compiled.version, version);
    const [oldest] = versions.keys();
    if (versions.size > KEPT_VERSIONS && oldest !== undefined) versions.delete(oldest);
  }

  function lookAndTell(): void {
    const before = stamp;
    look();
    if (trouble === undefined || trouble.isTold || stamp !== before) return;
    trouble = { ...trouble, isTold: true };
    onTrouble(trouble.sentence);
  }

  const timer = setInterval(lookAndTell, lookEveryMs).unref();
  return {
    path,
    current() {
      look();
      return running;
    },
    ofVersion: (version) => versions.get(version),
    trouble() {
      look();
      return trouble?.sentence;
    },
    stamp() {
      look();
      return stamp;
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => clearInterval(timer),
  };
}

/** The version of a mappings file with this text: as forward, the ledger and the operator's tool name it. */
export function versionOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function compiled(text: string): MappingsVersion {
  return { text, compiled: compileMappings(text) };
}

/** Differs if the file does; the same again for one that can't be looked at. */
function stampOf(path: string): string {
  try {
    const { mtimeNs, ctimeNs, size, ino } = statSync(path, { bigint: true });
    return `${mtimeNs} ${ctimeNs} ${size} ${ino}`;
  } catch (error) {
    return String(ownMember(error, 'code'));
  }
}
