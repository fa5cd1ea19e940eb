import http from 'node:http';
import https from 'node:https';

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
  | { readonly kind: 'no_answer'; readonly code: string };

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

/** A client over `node:https` with kept-alive connections. No retries here: those are the sender's decision. */
export function createMetronomeClient(options: { readonly baseUrl: string; readonly userAgent: string; readonly now: () => number }): MetronomeClient {
  const url = new URL('/v1/ingest', options.baseUrl);
  const transport = url.protocol === 'http:' ? http : https;
  const agent = new transport.Agent({ keepAlive: true, maxFreeSockets: MAX_FREE_SOCKETS });

  function ingest(body: string, token: string, timeoutMs: number): Promise<PostResult> {
    return new Promise((resolve) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': options.userAgent,
      };
      const signal = AbortSignal.timeout(Math.max(1, timeoutMs));
      const failed = (error: Error): void => resolve({ kind: 'no_answer', code: signal.aborted ? 'TIMEOUT' : codeOf(error) });
      try {
        const request = transport.request(url, { method: 'POST', agent, headers, signal }, (response) => {
          readStart(response).then((text) => resolve(answerOf(response, text, options.now())), failed);
        });
        request.on('error', failed);
        request.end(body);
      } catch (error) {
        // A token with a line break can't be a header: Node throws before anything is sent.
        failed(error instanceof Error ? error : new Error('unknown'));
      }
    });
  }
  return { ingest, close: () => agent.destroy() };
}

async function readStart(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
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
    if (typeof parsed === 'object' && parsed !== null && 'message' in parsed && typeof parsed.message === 'string') return parsed.message;
  } catch {
    return text;
  }
  return text;
}

/**
 * The wait that `Retry-After` asks for, in milliseconds: seconds or an HTTP date.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
