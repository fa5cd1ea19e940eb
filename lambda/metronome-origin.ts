const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The origin in a text that is one: https (http for this machine alone, as the token travels in a header), without path,
 * query or credentials. Undefined for any other text.
 */
export function metronomeOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, username, password, pathname, search, hash, origin } = new URL(text);
  if (pathname !== '/' || username + password + search + hash !== '') return undefined;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOST.test(hostname)) ? origin : undefined;
}
