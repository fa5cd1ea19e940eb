import type { IncomingMessage } from 'node:http';

import { isForLoopback } from './http/loopback-host.ts';
import { DEFAULT_ENDPOINT_TOKEN, DEFAULT_SEGMENT_SHARED_SECRET } from './start-settings.ts';
import type { StartSettings } from './start-settings.ts';

const REFUSAL = 'With its documented secrets the local run answers as 127.0.0.1 or localhost only. Set SEGMENT_SHARED_SECRET and ENDPOINT_TOKEN to be reached by another name.';

/**
 * With the documented secrets anyone knows the webhook's, so then it answers to this machine's own name only: a web page
 * that has its name point here could else bill events. A tunnel needs secrets of its own.
 */
export function refusalOfForeignNames(settings: Pick<StartSettings, 'segmentSharedSecret' | 'endpointToken'>): (request: IncomingMessage) => string | undefined {
  const isDocumented = settings.segmentSharedSecret === DEFAULT_SEGMENT_SHARED_SECRET || settings.endpointToken === DEFAULT_ENDPOINT_TOKEN;
  return (request) => (isDocumented && !isForLoopback(request) ? REFUSAL : undefined);
}
