import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file of the page, ready to be sent. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer;
  /** Changes with its content. */
  readonly etag: string;
}

export interface Bundle {
  /** The document, with marks for what differs from one answer to the next. */
  readonly document: string;
  /** By path. */
  readonly files: ReadonlyMap<string, PageFile>;
}

/** Gives the page's bundle, made at the first call and kept; made again only if one of the page's own files changed. Rejects if it can't be made. */
export type LoadBundle = () => Promise<Bundle>;

interface Made {
  readonly bundle: Bundle;
  /** The page's own files with the times they were written. */
  readonly stamps: ReadonlyMap<string, number>;
}

const DOCUMENT = 'index.html';
const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
const PACKAGES = `${sep}node_modules${sep}`;

/** @param folder of the page: its document, `main.tsx` and `studio.css` */
export function createBundler(folder: string): LoadBundle {
  let making: Promise<Made> | undefined;

  /** A failure isn't kept: somebody may be mending the file. */
  function make(): Promise<Made> {
    const made = bundle(folder);
    making = made;
    made.catch(() => {
      if (making === made) making = undefined;
    });
    return made;
  }

  return async () => {
    const made = await (making ?? make());
    const isFresh = [...made.stamps].every(([path, stamp]) => stampOf(path) === stamp);
    return isFresh ? made.bundle : (await make()).bundle;
  };
}

async function bundle(folder: string): Promise<Made> {
  // Loaded here, so that nobody waits for it who never opens the page.
  const esbuild = await import('esbuild');
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: [
      { in: join(folder, 'main.tsx'), out: 'studio' },
      { in: join(folder, 'studio.css'), out: 'studio' },
    ],
    absWorkingDir: folder,
    outdir: folder,
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' } },
  });
  // Its process would stay, with all its memory.
  await esbuild.stop();
  const files = new Map(outputFiles.map(({ path, contents }) => [`/${basename(path)}`, pageFile(path, Buffer.from(contents))]));
  const inputs = Object.keys(metafile.inputs).map((path) => join(folder, path));
  const own = [join(folder, DOCUMENT), ...inputs.filter((path) => !path.includes(PACKAGES))];
  const document = readFileSync(join(folder, DOCUMENT), 'utf8');
  return { bundle: { document, files }, stamps: new Map(own.map((path) => [path, stampOf(path)])) };
}

function pageFile(path: string, bytes: Buffer): PageFile {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
  return { type: path.endsWith('.css') ? TYPES.css : TYPES.js, bytes, gzipped: gzipSync(bytes), etag };
}

function stampOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
