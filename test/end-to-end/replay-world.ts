import { afterEach, beforeEach, expect } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runBridgeProcess } from '../helpers/bridge-process.ts';
import type { BridgeRun } from '../helpers/bridge-process.ts';
import { endLeftovers, startLocalProcess } from '../helpers/local-process.ts';
import type { LocalProcess } from '../helpers/local-process.ts';
import { startMetronomeStandIn } from '../helpers/metronome-stand-in.ts';
import type { Decide, MetronomeStandIn } from '../helpers/metronome-stand-in.ts';
import { batchRequest, trackEvent } from '../helpers/segment.ts';
import { sendAll } from '../helpers/segment-sender.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

export const DRAIN_MS = 60_000;
export const TEST_MS = 180_000;

const DEFAULT_MAPPING = {
  transaction_id: { '@path': '$.messageId' },
  customer_id: { '@path': '$.context.groupId' },
  timestamp: { '@path': '$.timestamp' },
  event_type: { '@path': '$.event' },
  properties: { '@path': '$.properties' },
};

export interface Entry {
  readonly name: string;
  readonly trigger?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A folder with mappings, the local run on it, and the operator's tool, each in a process of its own. */
export interface ReplayWorld {
  folder(): string;
  mappingsPath(): string;
  /** Track events by the default mapping, unless an entry says otherwise. */
  writeMappings(...entries: readonly Entry[]): void;
  /** From now on the bridge sends there, and no longer to its sandbox. */
  standInForMetronome(decide?: Decide): Promise<MetronomeStandIn>;
  environment(): Record<string, string>;
  startBridge(extra?: Readonly<Record<string, string>>): Promise<LocalProcess>;
  restart(bridge: LocalProcess, extra?: Readonly<Record<string, string>>): Promise<LocalProcess>;
  /** Sends them as one webhook, and waits until each has its fate. */
  accept(bridge: LocalProcess, events: readonly unknown[]): Promise<void>;
  command(...words: readonly string[]): Promise<BridgeRun>;
}

/** A world of its own for each test of the file that calls this. */
export function replayWorld(): ReplayWorld {
  let folder: ReturnType<typeof temporaryFolder>;
  let metronome: MetronomeStandIn | undefined;

  beforeEach(() => {
    folder = temporaryFolder();
  });

  afterEach(async () => {
    endLeftovers();
    await metronome?.stop();
    metronome = undefined;
    folder.remove();
  });

  const mappingsPath = (): string => join(folder.path, 'mappings.json');

  function environment(): Record<string, string> {
    const target: Record<string, string> = metronome === undefined ? {} : { METRONOME_API_TOKEN: 'token', METRONOME_BASE_URL: metronome.url };
    return { BRIDGE_DATA: join(folder.path, 'data'), BRIDGE_MAPPINGS: mappingsPath(), BRIDGE_BATCH_WINDOW_SECONDS: '0', ...target };
  }

  const startBridge: ReplayWorld['startBridge'] = (extra = {}) => startLocalProcess({ ...environment(), ...extra });

  return {
    folder: () => folder.path,
    mappingsPath,
    environment,
    startBridge,
    writeMappings(...entries) {
      const mappings = entries.map(({ name, trigger = 'type = "track"', fields }) => ({ name, enabled: true, trigger, mapping: { ...DEFAULT_MAPPING, ...fields } }));
      writeFileSync(mappingsPath(), JSON.stringify({ mappings }));
    },
    async standInForMetronome(decide) {
      metronome = await startMetronomeStandIn(decide);
      return metronome;
    },
    async restart(bridge, extra) {
      await bridge.end('SIGINT');
      return startBridge(extra);
    },
    async accept(bridge, events) {
      const statuses = await sendAll([batchRequest(events)], { webhook: () => bridge.webhook, concurrency: 1, pauseMs: 100, maxTries: 20 });
      expect(statuses).toEqual([200]);
      await bridge.drained(DRAIN_MS);
    },
    command: (...words) => runBridgeProcess([...words, '--local'], environment()),
  };
}

export const summaryOf = (run: BridgeRun): unknown => run.lines().at(-1)?.['summary'];
export const withoutGroup = (id: string): unknown => trackEvent(id, { context: {} });
export const idsOf = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
