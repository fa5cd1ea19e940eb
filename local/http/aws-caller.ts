import type { IncomingMessage } from 'node:http';

import { isForLoopback } from './loopback-host.ts';

/**
 * Whether an AWS client of this very run is calling. The access key is made anew for each run and never shown, so that no
 * web page and no other user of the machine can drive the stand-ins for AWS: a page can't set this header on another
 * origin, nor know the key on its own. The signature itself isn't checked.
 */
export function isOwnAwsCaller(request: IncomingMessage, accessKeyId: string): boolean {
  return isForLoopback(request) && (request.headers.authorization ?? '').startsWith(`AWS4-HMAC-SHA256 Credential=${accessKeyId}/`);
}
