import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startLocalProcess } from '../../test/helpers/local-process.ts';
import type { LocalProcess } from '../../test/helpers/local-process.ts';
import { INSPECTED } from './whole-collect.ts';
import { createDriver } from './whole-drive.ts';
import type { Driver } from './whole-drive.ts';
import { startTakingMetronome } from './whole-metronome.ts';

/** The local run, as `npm start` makes it, beside a Metronome of this process. */
export interface WholeBridge {
  readonly process: LocalProcess;
  readonly run: Driver['run'];
  /** Bytes of all files that it keeps. */
  storedBytes(): number;
}

/** Metronome's limit is none of ours: so high that it slows nothing down. */
const NO_PACE = { BRIDGE_METRONOME_EVENTS_PER_SECOND: '1000000' };

/** @throws WrongAnswer unless every event is billed once, rightly, and counted as delivered */
export async function withBridge<Result>(work: (bridge: WholeBridge) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-bench-'));
  const metronome = await startTakingMetronome();
  try {
    const bridge = await startLocalProcess({ ...INSPECTED, ...NO_PACE, BRIDGE_DATA: folder, METRONOME_API_TOKEN: 'bench', METRONOME_BASE_URL: metronome.url });
    try {
      const { run, checkCounts } = createDriver(bridge, metronome);
      const result = await work({ process: bridge, run, storedBytes: () => bytesIn(folder) });
      await checkCounts();
      return result;
    } finally {
      await bridge.end('SIGINT');
    }
  } finally {
    await metronome.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function bytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
