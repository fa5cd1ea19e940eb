import { signal } from '@preact/signals';

/** What the server answered, as a sentence for a person. */
export class AskError extends Error {
  override readonly name = 'AskError';
}

/** True once the server no longer knows this page's token: it was started again. */
export const isOutdated = signal(false);

const OUTDATED = 'The bridge was started again since this page was loaded. Reload the page.';
const UNREACHABLE = "The bridge doesn't answer. Is npm start still running?";

interface Question {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Makes it a POST. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks the studio's API. The answer is believed to be what the contract says: page and server come from one build.
 * @throws AskError with the server's own sentence, or ours where it has none; what was aborted rejects as `fetch` does
 */
export async function ask<T>(path: string, { query, body, signal: abort }: Question = {}): Promise<T> {
  const response = await open(withQuery(path, query), body, abort);
  const text = await response.text();
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new AskError(`The bridge answered ${path} with something that is no JSON. Reload the page; if it stays, look at what npm start printed.`);
  }
}

/** Opens a request with the page's token. @throws AskError for every answer but a 2xx */
export async function open(address: string, body?: unknown, abort?: AbortSignal): Promise<Response> {
  const response = await fetch(address, requestOf(body, abort)).catch((error: unknown) => {
    if (abort?.aborted === true) throw error;
    throw new AskError(UNREACHABLE);
  });
  if (response.ok) return response;
  if (response.status === 401) {
    isOutdated.value = true;
    throw new AskError(OUTDATED);
  }
  throw new AskError(sentenceOf(await response.text(), response.status));
}

export function messageOfAsk(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function requestOf(body: unknown, abort: AbortSignal | undefined): RequestInit {
  const headers: Record<string, string> = { 'x-studio-token': metaContent('studio-token') };
  if (abort === undefined && body === undefined) return { headers };
  if (body === undefined) return { headers, signal: abort ?? null };
  headers['content-type'] = 'application/json';
  return { method: 'POST', headers, body: JSON.stringify(body), signal: abort ?? null };
}

/** What the server wrote into the page's head. */
export function metaContent(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}

function withQuery(path: string, query: Question['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
}

function sentenceOf(text: string, status: number): string {
  try {
    const { error } = JSON.parse(text) as { readonly error?: unknown };
    if (typeof error === 'string' && error !== '') return error;
  } catch {
    return `The bridge answered ${status} without a reason. Look at what npm start printed.`;
  }
  return `The bridge answered ${status} without a reason. Look at what npm start printed.`;
}
