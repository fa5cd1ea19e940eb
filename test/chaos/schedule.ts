import { createRandom } from './random.ts';

/** Something that happens once the run is so far, as a share of its webhooks that were answered. */
export interface Incident {
  readonly kind: 'kill' | 'kill_when_stored' | 'rotate_token';
  readonly at: number;
  /** And this much later, in milliseconds, so that it hits any moment. */
  readonly afterMs: number;
}

const MAX_DELAY_MS = 400;

/** Kills at any moment or in the one between storing and answering, and a new Metronome token on the way; in order. */
export function planIncidents(seed: number, kills: number): readonly Incident[] {
  const random = createRandom(seed, 'incidents');
  const moment = (): Pick<Incident, 'at' | 'afterMs'> => ({ at: 0.05 + 0.9 * random.next(), afterMs: random.integer(0, MAX_DELAY_MS) });
  const killings = Array.from({ length: kills }, (_, index): Incident => ({ kind: index % 2 === 0 ? 'kill' : 'kill_when_stored', ...moment() }));
  return [...killings, { kind: 'rotate_token' as const, ...moment() }].toSorted((a, b) => a.at - b.at);
}

/**
 * The bridge's settings of a run: short delays, so that back-off passes within seconds, and sizes of every kind. The longest
 * delay is over the visibility timeout: only then can an event be told to have been in a run that died.
 */
export function planSettings(seed: number): Readonly<Record<string, string>> {
  const random = createRandom(seed, 'settings');
  return {
    BRIDGE_BATCH_SIZE: random.pick(['60', '250', '1000']),
    BRIDGE_BATCH_WINDOW_SECONDS: random.pick(['0', '0.2', '0.5']),
    BRIDGE_MAX_CONCURRENCY: random.pick(['2', '5']),
    BRIDGE_RETRY_DELAYS_MINUTES: random.pick(['0.02,0.05', '0.04', '0.02,0.03,0.1', '0.3']),
    BRIDGE_FORWARD_TIMEOUT_SECONDS: '10',
    BRIDGE_VISIBILITY_TIMEOUT_SECONDS: '12',
    BRIDGE_MAX_RECEIVE_COUNT: '300',
  };
}
