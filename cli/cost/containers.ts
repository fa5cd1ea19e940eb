import { COLD_SHARE, CONTAINER_SECONDS, SECONDS_PER_MONTH } from './assumed.ts';

/** Calls come when they like, so that now and then more are under way than on average: by so many times the square root of it. */
const SPREADS = 3;

/** Containers that so many calls of a month keep at work. */
export function containersFor(calls: number, ms: number): number {
  const atOnce = (calls * ms) / 1_000 / SECONDS_PER_MONTH;
  return 1 + atOnce + SPREADS * Math.sqrt(atOnce);
}

/** Of a month's calls, those that have to start a container first. */
export function startsOf(calls: number, containers: number): number {
  return Math.min(COLD_SHARE * calls, containers * (SECONDS_PER_MONTH / CONTAINER_SECONDS));
}
