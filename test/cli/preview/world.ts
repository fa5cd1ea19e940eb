import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { runBridge } from '../../../cli/run.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { DEFAULT_MAPPING } from '../../lambda/forward/factories.ts';
import { ioDouble, NOW } from '../io-double.ts';

type JsonLine = Readonly<Record<string, unknown>>;

/** A folder to preview in, with mappings. */
export interface PreviewWorld {
  readonly path: string;
  put(path: string, content: string | Buffer): void;
  /** @param words the command line, cut at its spaces */
  run(words: string, input?: string): Promise<{ readonly status: number; readonly out: string; readonly err: string; readonly lines: () => readonly JsonLine[] }>;
  remove(): void;
}

export function previewWorld(): PreviewWorld {
  const { path, remove } = temporaryFolder();
  const put: PreviewWorld['put'] = (name, content) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  };
  put('mappings.json', mappingsText());
  return {
    path,
    put,
    remove,
    async run(words, input = '') {
      const double = ioDouble(path, { input });
      const status = await runBridge(words.split(' '), double.io);
      return { status, out: double.out(), err: double.err(), lines: double.outLines };
    },
  };
}

/** One mapping; some fields may differ from the default one's. */
export function mappingsText(fields: Readonly<Record<string, unknown>> = {}, trigger = 'type = "track"'): string {
  return JSON.stringify({ mappings: [{ name: 'calls', trigger, mapping: { ...DEFAULT_MAPPING, ...fields } }] });
}

/** A track call that is received now. */
export function eventText(id: string, overrides: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(trackEvent(id, overrides, NOW));
}
