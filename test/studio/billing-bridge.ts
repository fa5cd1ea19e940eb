import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startLocalProcess } from '../helpers/local-process.ts';
import type { LocalProcess } from '../helpers/local-process.ts';
import { startMetronomeStandIn, TAKEN } from '../helpers/metronome-stand-in.ts';
import type { Behaviour, MetronomeStandIn } from '../helpers/metronome-stand-in.ts';
import { singleRequest } from '../helpers/segment.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { mappingsText } from '../local/studio/studio-world.ts';

/** A local run that bills at a Metronome, which a test can have answer as it likes. */
export interface BillingBridge {
  readonly bridge: LocalProcess;
  readonly metronome: MetronomeStandIn;
  /** What Metronome does from now on. */
  behave(behaviour: Behaviour): void;
  send(event: unknown): Promise<void>;
  stop(): Promise<void>;
}

/** @param retryDelaysMinutes as the setting has it */
export async function startBillingBridge(retryDelaysMinutes: string): Promise<BillingBridge> {
  let behaviour = TAKEN;
  const folder = temporaryFolder();
  const metronome = await startMetronomeStandIn(() => behaviour);
  writeFileSync(join(folder.path, 'mappings.json'), mappingsText());
  const bridge = await startLocalProcess({
    BRIDGE_DATA: join(folder.path, 'data'),
    BRIDGE_MAPPINGS: join(folder.path, 'mappings.json'),
    BRIDGE_BATCH_WINDOW_SECONDS: '0',
    BRIDGE_RETRY_DELAYS_MINUTES: retryDelaysMinutes,
    METRONOME_API_TOKEN: 'a-token',
    METRONOME_BASE_URL: metronome.url,
  });
  return {
    bridge,
    metronome,
    behave: (wanted) => {
      behaviour = wanted;
    },
    async send(event) {
      const { status } = await fetch(bridge.webhook, singleRequest(event));
      if (status !== 200) throw new Error(`the webhook answered ${status}`);
    },
    async stop() {
      await bridge.end('SIGKILL');
      await metronome.stop();
      folder.remove();
    },
  };
}
