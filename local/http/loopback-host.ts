import type { IncomingMessage } from 'node:http';

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether a request was addressed to this machine by a loopback name. A web page that resolves its own name to
 * 127.0.0.1 (DNS rebinding) still sends that name as Host, so this check keeps it from reading what a local server holds.
 */
export function isForLoopback(request: IncomingMessage): boolean {
  return LOOPBACK_HOST.test(request.headers.host ?? '');
}
