import { SECRET_MAX_AGE_MS } from '../../lambda/secrets.ts';

/** An HTTP API counts each 512 KB of a request as one: https://aws.amazon.com/api-gateway/pricing/ */
export const HTTP_API_UNIT_BYTES = 512 * 1024;
export const GB = 1e9;
/** How long a container believes what it read. */
export const SECRET_CACHE_SECONDS = SECRET_MAX_AGE_MS / 1_000;

const MB_PER_GB = 1_024;

/** Of one call. Lambda bills whole milliseconds; half of one is lost on average. */
export function gbSeconds(ms: number, memoryMb: number): number {
  return ((ms + 0.5) / 1_000) * (memoryMb / MB_PER_GB);
}
