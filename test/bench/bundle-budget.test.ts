import { afterAll, describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildBundle } from '../../bench/performance/bundles.ts';
import type { Bundle } from '../../bench/performance/bundles.ts';
import { BridgeStack } from '../../lib/bridge-stack.ts';
import { settingsWith } from '../lib/helpers/stack.ts';

/**
 * What a bundle may have beyond its SDK clients, in bytes. A function loads all of it before its first event, so each
 * dependency has to be worth that; who needs more raises the number in the same change, and says why.
 */
const OWN_CODE_BUDGET = { forward: 120_000, ingest: 55_000 } as const;
/** Clients, too: a new version of the SDK may grow. */
const BUNDLE_BUDGET = { forward: 600_000, ingest: 390_000 } as const;
const BUNDLING_MS = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'bridge-bundles-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['forward', 'ingest'] as const)('the bundle of %s', (name) => {
  it('stays within its budget', async () => {
    const bundle = await buildBundle(name, folder);
    const clients = await buildBundle(`${name}-clients`, folder);

    expect(bundle.bytes).toBeLessThan(BUNDLE_BUDGET[name]);
    expect(bundle.bytes - clients.bytes).toBeLessThan(OWN_CODE_BUDGET[name]);
  });
});

describe('the measured bundles', () => {
  it(
    'are those that are deployed',
    async () => {
      const outdir = join(folder, 'cdk.out');
      const app = new App({ outdir });
      const stack = new BridgeStack(app, settingsWith());
      Template.fromStack(stack);
      const deployed = readdirSync(outdir).filter((file) => file.startsWith('asset.')).map((asset) => readFileSync(join(outdir, asset, 'index.js')).length);

      const measured: Bundle[] = [await buildBundle('forward', folder), await buildBundle('ingest', folder)];

      expect(measured.map(({ bytes }) => bytes).toSorted()).toEqual(deployed.toSorted());
    },
    BUNDLING_MS,
  );
});
