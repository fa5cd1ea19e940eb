import type { IncomingMessage } from 'node:http';

/** A request's path and query exactly as sent, cut at the first question mark. */
export function requestTarget(request: IncomingMessage): { readonly rawPath: string; readonly rawQueryString: string } {
  const target = request.url ?? '/';
  const cut = target.indexOf('?');
  if (cut === -1) return { rawPath: target, rawQueryString: '' };
  return { rawPath: target.slice(0, cut), rawQueryString: target.slice(cut + 1) };
}
