import http from 'node:http';
import https from 'node:https';

import { isObject } from '../json-value.ts';

/** What came back from one POST: an answer, or none. */
export type PostResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Metronome's sentence, cut to {@link MAX_ANSWER_BYTES}; may quote an event. */
      readonly message: string;
      /** From `Retry-After`, milliseconds. */
      readonly retryAfterMs: number | undefined;
      readonly hasBody: boolean;
    }
  /** Nobody knows whether Metronome took the events. */
  | { readonly kind: 'no_answer'; readonly code: string }
  /** Nothing was sent: no HTTP header can carry the token. */
  | { readonly kind: 'unusable_token' };

export interface MetronomeClient {
  /**
   * One attempt of POST /v1/ingest; never throws for what the network or Metronome does.
   * @param body JSON array of usage events
   * @param timeoutMs limit for the whole exchange, body included
   */
  ingest(body: string, token: string, timeoutMs: number): Promise<PostResult>;
  /** Closes the kept connections. */
  close(): void;
}

/** How much of an answer is read, in bytes: an error page must not fill the memory. */
const MAX_ANSWER_BYTES = 4096;
/** Connections kept open for the next request. */
const MAX_FREE_SOCKETS = 16;
/** Visible ASCII. Anything else was pasted along with the token: Node refuses a line break, and no token holds a space. */
const USABLE_TOKEN = /^[\x21-\x7e]+$/;
/** An HTTP date. `Date.parse` alone also makes dates of other texts, `-5` among them. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** A client over `node:https` with kept-alive connections. No retries here: those are the sender's decision. */
export function createMetronomeClient(options: { readonly baseUrl: string; readonly userAgent: string; readonly now: () => number }): MetronomeClient {
  const url = new URL('/v1/ingest', options.baseUrl);
  const transport = url.protocol === 'http:' ? http : https;
  const agent = new transport.Agent({ keepAlive: true, maxFreeSockets: MAX_FREE_SOCKETS });

  function ingest(body: string, token: string, timeoutMs: number): Promise<PostResult> {
    if (!USABLE_TOKEN.test(token)) return Promise.resolve({ kind: 'unusable_token' });
    const { promise, resolve } = Promise.withResolvers<PostResult>();
    const failed = (error: Error): void => resolve({ kind: 'no_answer', code: codeOf(error) });
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': options.userAgent,
    };
    const request = transport.request(url, { method: 'POST', agent, headers }, (response) => {
      readStart(response).then((text) => resolve(answerOf(response, text, options.now())), failed);
    });
    // Settles by itself: after some answers, such as 101, a destroyed request tells nobody.
    const timer = setTimeout(() => {
      resolve({ kind: 'no_answer', code: 'TIMEOUT' });
      request.destroy();
    }, Math.max(1, timeoutMs));
    request.on('error', failed);
    request.end(body);
    return promise.finally(() => clearTimeout(timer));
  }
  return { ingest, close: () => agent.destroy() };
}

async function readStart(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const body: AsyncIterable<Buffer> = response;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
}

function answerOf(response: http.IncomingMessage, text: string, now: number): PostResult {
  return {
    kind: 'answer',
    status: response.statusCode ?? 0,
    message: messageIn(text),
    retryAfterMs: retryAfterMs(response.headers['retry-after'], now),
    hasBody: text.trim() !== '',
  };
}

/** Metronome's errors are `{"message": "…"}`; a gateway's may be HTML or empty. */
function messageIn(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    if (isObject(parsed) && typeof parsed['message'] === 'string') return parsed['message'];
  } catch {
    return text;
  }
  return text;
}

/**
 * The wait that `Retry-After` asks for, in milliseconds: seconds or an HTTP date. Undefined for anything else.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return finite(Number(text) * 1000);
  return HTTP_DATE.test(text) ? finite(Math.max(0, Date.parse(text) - now)) : undefined;
}

function finite(milliseconds: number): number | undefined {
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
