import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { endLeftovers } from '../helpers/local-process.ts';
import type { LocalState } from '../helpers/local-process.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { violationsIn } from './account.ts';
import type { Outcome, Violation } from './account.ts';
import { refusedArchivePath, tokenPath } from './aws-faults.ts';
import { startChaosBridge } from './bridge.ts';
import { drain } from './drain.ts';
import { startChaosMetronome } from './metronome.ts';
import { sendAmidMishaps } from './mishaps.ts';
import type { PlannedEvent } from './planned-event.ts';
import { ledgerFacts, readLedgerOf } from './read-ledger.ts';
import { TOKEN_BEFORE } from './run-options.ts';
import type { ChaosOptions, Run } from './run-options.ts';
import { planSettings } from './schedule.ts';
import { planTraffic } from './traffic.ts';

export interface ChaosReport {
  readonly seed: number;
  /** Distinct events, those that were sent while the queue drained included. */
  readonly events: number;
  readonly webhooks: number;
  readonly messages: number;
  readonly fates: LocalState['fates'];
  readonly billed: number;
  readonly kills: number;
  /** By the mood in which they came. */
  readonly requestsToMetronome: Readonly<Record<string, number>>;
  /** Usage events that Metronome was sent again and ignored. */
  readonly ignoredAgain: number;
  readonly seconds: number;
  readonly violations: readonly Violation[];
  /** Queue, ledger and output of the run; kept only if a promise was broken. */
  readonly folder: string | undefined;
}

const MAPPINGS = join(import.meta.dirname, 'project', 'mappings.json');

/** Runs the bridge through months of mishaps within minutes, and holds every event to what the bridge promises. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, longestPhase } = options;
  const { path: folder, remove } = temporaryFolder();
  writeFileSync(tokenPath(folder), TOKEN_BEFORE);
  const metronome = await startChaosMetronome({ seed, token: TOKEN_BEFORE, longestPhase });
  try {
    const settings = { ...planSettings(seed), BRIDGE_MAPPINGS: MAPPINGS, METRONOME_API_TOKEN: TOKEN_BEFORE, METRONOME_BASE_URL: metronome.standIn.url };
    const bridge = await startChaosBridge(settings, { seed, folder });
    const report = await Promise.race([bridge.failed, drive({ ...options, bridge, metronome, folder })]);
    if (report.violations.length > 0) return { ...report, folder };
    remove();
    return report;
  } finally {
    endLeftovers();
    await metronome.standIn.stop();
  }
}

async function drive(run: Run): Promise<ChaosReport> {
  const start = performance.now();
  const traffic = planTraffic(run.seed, run.events, Date.now());
  await sendAmidMishaps(run, traffic.requests);
  const { state, closing } = await drain(run);
  await run.bridge.stop();
  const outcome = await outcomeOf(run, [...traffic.events, ...closing], state);
  return reportOf(run, outcome, traffic.requests.length, (performance.now() - start) / 1000);
}

async function outcomeOf({ metronome, folder }: Run, events: readonly PlannedEvent[], state: LocalState): Promise<Outcome> {
  const refused = refusedArchivePath(folder);
  return {
    events,
    billed: metronome.standIn.billed,
    ledger: await readLedgerOf(join(folder, 'metronome')),
    refusedArchive: existsSync(refused) ? ledgerFacts(readFileSync(refused, 'utf8')) : [],
    changed: metronome.changed,
    state,
  };
}

function reportOf({ seed, bridge, metronome }: Run, outcome: Outcome, webhooks: number, seconds: number): ChaosReport {
  return {
    seed,
    events: outcome.events.length,
    webhooks,
    messages: outcome.state.accepted,
    fates: outcome.state.fates,
    billed: outcome.billed.size,
    kills: bridge.kills,
    requestsToMetronome: Object.fromEntries(metronome.requestsByMood),
    ignoredAgain: metronome.ignoredAgain(),
    seconds: Math.round(seconds * 10) / 10,
    violations: violationsIn(outcome),
    folder: undefined,
  };
}
