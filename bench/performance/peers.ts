import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const MANIFEST = fileURLToPath(new URL('../peers/package.json', import.meta.url));
const INSTALLED = fileURLToPath(new URL('../peers/node_modules/@segment/actions-core', import.meta.url));

export const PEERS_MISSING = 'The libraries to compare with are not installed. Run: npm ci --prefix bench/peers';

/** Segment's own libraries, of which the hosted destination is made. */
export interface Peers {
  /** Of @segment/actions-core: makes the mapped value of an event, and reads the mapping anew each time. */
  transform(mapping: unknown, event: unknown): unknown;
  /** Of @segment/destination-subscriptions: reads a trigger. */
  parseFql(trigger: string): unknown;
  /** Of the same: whether an event matches what parseFql has read. */
  validate(subscription: unknown, event: unknown): boolean;
}

export function arePeersInstalled(): boolean {
  return existsSync(INSTALLED);
}

/** From a folder of their own, which users of the bridge never install. */
export function loadPeers(): Peers {
  const require = createRequire(MANIFEST);
  const { transform } = require('@segment/actions-core/mapping-kit');
  const { parseFql, validate } = require('@segment/destination-subscriptions');
  return { transform, parseFql, validate };
}
