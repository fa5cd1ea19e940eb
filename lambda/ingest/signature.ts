import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import type { LiveSecret } from '../secrets.ts';

const FORTY_HEX_DIGITS = /^[0-9a-f]{40}$/i;

/** True if the header has the form of Segment's signature: 40 hex digits. */
export function isSignature(header: string): boolean {
  return FORTY_HEX_DIGITS.test(header);
}

/**
 * The live secret that signed these bytes, if any. Segment's "Webhook (Actions)" sends `X-Signature`: the hex HMAC-SHA1,
 * keyed by the shared secret, of the body; of a batch only of its first item.
 */
export function signedBy(bytes: Buffer, signature: string, secrets: readonly LiveSecret[]): LiveSecret | undefined {
  if (!isSignature(signature)) return undefined;
  const given = Buffer.from(signature, 'hex');
  return secrets.find((secret) => timingSafeEqual(createHmac('sha1', secret.value).update(bytes).digest(), given));
}

/** The live secret that equals this token, if any. Digests are compared, so that the time tells nothing, not even a length. */
export function tokenOf(token: string, secrets: readonly LiveSecret[]): LiveSecret | undefined {
  const given = sha256(token);
  return secrets.find((secret) => timingSafeEqual(sha256(secret.value), given));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
