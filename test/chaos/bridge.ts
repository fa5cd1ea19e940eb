import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { startLocalProcess } from '../helpers/local-process.ts';
import type { LocalProcess } from '../helpers/local-process.ts';
import { AWS_FAULTS_VARIABLE } from './aws-faults.ts';
import type { AwsFaults } from './aws-faults.ts';

/** The local run in a process that is killed and started again on the same folder. */
export interface ChaosBridge {
  /** Where it listens now, or last did. */
  webhook(): string;
  readonly process: LocalProcess;
  /** Kills it at once, whatever it does, and starts it again. */
  restart(): Promise<void>;
  /** The same, and from then on AWS does as it should. */
  restartCalm(): Promise<void>;
  /** Rejects when it can't be started again; never resolves. */
  readonly failed: Promise<never>;
  /** How often it was killed. */
  readonly kills: number;
  stop(): Promise<void>;
}

/** @param settings as environment variables */
export async function startChaosBridge(settings: Readonly<Record<string, string>>, faults: Omit<AwsFaults, 'start' | 'isCalm'>): Promise<ChaosBridge> {
  let kills = 0;
  let isCalm = false;
  const start = (): Promise<LocalProcess> => startLocalProcess({ ...settings, ...faultsIn({ ...faults, start: kills, isCalm }), BRIDGE_DATA: faults.folder });
  let bridge = await start();
  let restarting = Promise.resolve();
  const { promise: failed, reject } = Promise.withResolvers<never>();

  /** What it printed stays beside its data, for whoever has to find out what went wrong. */
  async function end(signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
    await bridge.end(signal);
    writeFileSync(join(faults.folder, `output-${kills}.txt`), bridge.output());
  }

  async function restartNow(): Promise<void> {
    await end('SIGKILL');
    kills += 1;
    bridge = await start();
  }

  function restart(): Promise<void> {
    restarting = restarting.then(restartNow);
    restarting.catch(reject);
    return restarting;
  }

  return {
    webhook: () => bridge.webhook,
    get process() {
      return bridge;
    },
    restart,
    failed,
    restartCalm() {
      isCalm = true;
      return restart();
    },
    get kills() {
      return kills;
    },
    async stop() {
      await restarting;
      await end('SIGINT');
    },
  };
}

function faultsIn(faults: AwsFaults): Readonly<Record<string, string>> {
  const wrapper = pathToFileURL(join(import.meta.dirname, 'faulty-aws.ts')).href;
  return { NODE_OPTIONS: `--import=${wrapper}`, [AWS_FAULTS_VARIABLE]: JSON.stringify(faults) };
}
