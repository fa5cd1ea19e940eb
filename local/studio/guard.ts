import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { isForLoopback } from '../http/loopback-host.ts';
import { StudioProblem } from './problem.ts';

export const TOKEN_HEADER = 'x-studio-token';

/**
 * Other sites in the user's browser may neither read nor drive what this machine serves: they come by a name of their own
 * (DNS rebinding), with their Origin, or, from any browser of today, with Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata/).
 * @throws StudioProblem
 */
export function refuseOtherSites(request: IncomingMessage): void {
  if (!isForLoopback(request)) throw new StudioProblem(403, 'Call the local run as 127.0.0.1 or localhost.');
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isOwnOrigin = origin === undefined || origin === `http://${request.headers.host}`;
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none';
  if (!isOwnOrigin || !isOwnSite) throw new StudioProblem(403, 'Another site may not call the studio; open it at its own address.');
}

/** A link from elsewhere may open the page, as it tells that site nothing; a frame, a script or a fetch may not. */
export function isOpenedAsPage({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** @throws StudioProblem unless the request has the token that this run's page was served with */
export function refuseWithoutToken({ headers }: IncomingMessage, token: string): void {
  const given = headers[TOKEN_HEADER];
  if (typeof given === 'string' && timingSafeEqual(digest(given), digest(token))) return;
  throw new StudioProblem(401, `The header ${TOKEN_HEADER} isn't of this run of the bridge. Reload the page: it gets a new one.`);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
