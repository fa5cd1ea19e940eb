import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startLocalProcess } from '../helpers/local-process.ts';
import type { LocalProcess } from '../helpers/local-process.ts';
import { singleRequest } from '../helpers/segment.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { mappingsText } from '../local/studio/studio-world.ts';

/** A local run with a data folder and a mappings file of its own. */
export interface Studio {
  bridge(): LocalProcess;
  /** The mappings file as it stands on disk. */
  mappings(): string;
  /** Writes it, as another editor would. */
  writeMappings(text: string): void;
  deleteMappings(): void;
  /** Sends one signed event, as Segment does. */
  send(event: unknown): Promise<void>;
  end(): Promise<void>;
  /** Starts it again where it was: the same address, the same folders. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

export async function startStudio(text: string = mappingsText()): Promise<Studio> {
  const folder = temporaryFolder();
  const path = join(folder.path, 'mappings.json');
  const environment = { BRIDGE_DATA: join(folder.path, 'data'), BRIDGE_MAPPINGS: path, BRIDGE_BATCH_WINDOW_SECONDS: '0' };
  writeFileSync(path, text);
  let bridge: LocalProcess = await startLocalProcess(environment);
  const end = async (): Promise<void> => {
    await bridge.end('SIGINT');
  };
  return {
    bridge: () => bridge,
    mappings: () => readFileSync(path, 'utf8'),
    writeMappings: (changed) => writeFileSync(path, changed),
    deleteMappings: () => rmSync(path),
    async send(event) {
      const { status } = await fetch(bridge.webhook, singleRequest(event));
      if (status !== 200) throw new Error(`the webhook answered ${status}`);
    },
    end,
    async startAgain() {
      bridge = await startLocalProcess({ ...environment, BRIDGE_PORT: new URL(bridge.url).port });
    },
    async stop() {
      await bridge.end('SIGKILL');
      folder.remove();
    },
  };
}
