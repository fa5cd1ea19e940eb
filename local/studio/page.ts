import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { messageOf } from '../../lambda/error-text.ts';
import type { LoadBundle, PageFile } from './bundle.ts';
import { brokenPageHtml, pageHtml } from './page-html.ts';
import { StudioProblem } from './problem.ts';

/** Where the page and its files are. */
export const PAGE_PATHS: readonly string[] = ['/', '/studio.js', '/studio.css'];

const HTML = 'text/html; charset=utf-8';

/** Nothing from elsewhere, no frames, and no script or style but the page's own; the editor's style elements carry the nonce. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // The icon stands in the document.
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Answers one of {@link PAGE_PATHS}. */
export type AnswerPage = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;

/** @param token opens the API; stands in the document */
export function createPage(loadBundle: LoadBundle, token: string): AnswerPage {
  async function answerDocument(response: ServerResponse): Promise<void> {
    const nonce = randomBytes(16).toString('base64url');
    const headers = { 'content-type': HTML, 'cache-control': 'no-store', 'content-security-policy': contentSecurityPolicy(nonce) };
    try {
      const { document } = await loadBundle();
      send(response, 200, Buffer.from(pageHtml(document, { token, nonce })), headers);
    } catch (error) {
      send(response, 500, Buffer.from(brokenPageHtml(messageOf(error))), headers);
    }
  }

  return async (request, response, path) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new StudioProblem(405, 'Use GET.');
    if (path === '/') return answerDocument(response);
    const file = (await loadBundle()).files.get(path);
    if (file === undefined) throw new StudioProblem(404, 'The page has no such file.');
    sendFile(request, response, file);
  };
}

/** Asked for anew each time, and sent anew only if it changed: a bundle of a later version must never be missed. */
function sendFile({ headers }: IncomingMessage, response: ServerResponse, { type, bytes, gzipped, etag }: PageFile): void {
  const common = { 'content-type': type, 'cache-control': 'no-cache', vary: 'accept-encoding', etag };
  if (headers['if-none-match'] === etag) {
    response.writeHead(304, common).end();
    return;
  }
  if (/\bgzip\b/.test(headers['accept-encoding'] ?? '')) send(response, 200, gzipped, { ...common, 'content-encoding': 'gzip' });
  else send(response, 200, bytes, common);
}

function send(response: ServerResponse, status: number, bytes: Buffer, headers: Readonly<Record<string, string>>): void {
  response.writeHead(status, { 'content-length': bytes.length, ...headers });
  response.end(bytes);
}
