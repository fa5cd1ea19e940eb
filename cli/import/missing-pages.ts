import type { Page } from './candidates.ts';

/** A page, and the file it comes from. */
interface PageOfFile extends Page {
  readonly file: string;
}

/** Sentences about pages whose next one isn't among them: its mappings' revenue would be lost. */
export function missingPages(pages: readonly PageOfFile[]): readonly string[] {
  const given = new Set(pages.map(({ current }) => current));
  return pages.filter(({ next }) => isCursor(next) && !given.has(next)).map(({ file, next }) => `${file}: ${sentence(next)}`);
}

function isCursor(next: unknown): boolean {
  return next !== undefined && next !== null && next !== '';
}

function sentence(next: unknown): string {
  const cursor = typeof next === 'string' ? next : '<pagination.next>';
  return `it is one page of several, and the next isn't here; fetch that one too (curl with -d pagination.cursor=${cursor}), and name all pages in one import`;
}
