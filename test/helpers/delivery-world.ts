import { expect } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { endLeftovers, startLocalProcess } from './local-process.ts';
import type { LocalProcess } from './local-process.ts';
import { startMetronomeStandIn, TAKEN } from './metronome-stand-in.ts';
import type { Decide, MetronomeStandIn } from './metronome-stand-in.ts';
import { batchRequest } from './segment.ts';
import { sendAll } from './segment-sender.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A local run that bills a Metronome of the test's, in a folder of its own. */
export interface DeliveryWorld {
  readonly metronome: MetronomeStandIn;
  readonly dataFolder: string;
  /** What Metronome does from now on. */
  behave(decide: Decide): void;
  /** Every transaction id that came, as often as it came. */
  sentIds(): readonly string[];
  /** By transaction id, the different contents that came under it. */
  contents(): ReadonlyMap<string, ReadonlySet<string>>;
  writeMappings(mappings: readonly object[]): void;
  /** @param settings as environment variables */
  start(settings?: Readonly<Record<string, string>>): Promise<LocalProcess>;
  stop(): Promise<void>;
}

/** Delays of a few seconds stand for those of minutes and hours. */
const SHORT_DELAYS = { BRIDGE_BATCH_WINDOW_SECONDS: '0', BRIDGE_RETRY_DELAYS_MINUTES: '0.02' };

/** @param settings for every start, as environment variables */
export async function startDeliveryWorld(settings: Readonly<Record<string, string>> = {}): Promise<DeliveryWorld> {
  const folder = temporaryFolder();
  let decide: Decide = () => TAKEN;
  const metronome = await startMetronomeStandIn((request, index) => decide(request, index));
  const mappingsPath = join(folder.path, 'mappings.json');
  let target: Readonly<Record<string, string>> = { METRONOME_API_TOKEN: 'token', METRONOME_BASE_URL: metronome.url };
  const sent = (): readonly Readonly<Record<string, unknown>>[] => metronome.requests.flatMap(({ events }) => events);
  return {
    metronome,
    dataFolder: join(folder.path, 'data'),
    behave: (next) => {
      decide = next;
    },
    sentIds: () => sent().map(({ transaction_id }) => String(transaction_id)),
    contents: () => new Map([...Map.groupBy(sent(), ({ transaction_id }) => String(transaction_id))].map(([id, events]) => [id, new Set(events.map((event) => JSON.stringify(event)))])),
    writeMappings: (mappings) => {
      writeFileSync(mappingsPath, JSON.stringify({ mappings }));
      target = { ...target, BRIDGE_MAPPINGS: mappingsPath };
    },
    start: (more = {}) => startLocalProcess({ ...SHORT_DELAYS, ...target, ...settings, ...more, BRIDGE_DATA: join(folder.path, 'data') }),
    async stop() {
      endLeftovers();
      await metronome.stop();
      folder.remove();
    },
  };
}

/** Sends the events as one webhook, until it is answered 200. */
export async function accept(bridge: LocalProcess, events: readonly unknown[]): Promise<void> {
  const statuses = await sendAll([batchRequest(events)], { webhook: () => bridge.webhook, concurrency: 1, pauseMs: 100, maxTries: 20 });
  expect(statuses).toEqual([200]);
}

/** Ids from `prefix-0`. */
export function idsOf(count: number, prefix: string): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}
