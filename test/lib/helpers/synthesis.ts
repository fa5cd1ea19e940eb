import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, jest } from '@jest/globals';
import { App } from 'aws-cdk-lib';

import { BridgeStack } from '../../../lib/bridge-stack.ts';
import { PROJECT } from '../../helpers/project.ts';
import { settingsWith } from './stack.ts';

const { context: featureFlags }: { context: Record<string, unknown> } = JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8'));

/** For what is never synthesised: an app makes its folder all the same. */
const UNUSED = mkdtempSync(join(tmpdir(), 'bridge-unused-'));
afterAll(() => rmSync(UNUSED, { recursive: true }));

/** An app with the project's feature flags that bundles nothing. */
export function testApp(outdir: string = UNUSED): App {
  return new App({ outdir, autoSynth: false, context: { ...featureFlags, 'aws:cdk:bundling-stacks': [] } });
}

/** The stack, not yet synthesised. */
export function bridgeStack(overrides: Readonly<Record<string, string>> = {}, app: App = testApp()): BridgeStack {
  return new BridgeStack(app, settingsWith(overrides));
}

/** A finding of any severity: of CloudFormation's rules, of a plugin, or a warning of a construct. */
export interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: string;
}

/** Synthesises what `build` puts into an app, and gives all that CDK has to say against it; throws what stops the synthesis. */
export function violationsOf(build: (app: App) => void): readonly Violation[] {
  const outdir = mkdtempSync(join(tmpdir(), 'bridge-synthesis-'));
  const printed = jest.spyOn(console, 'error').mockReturnValue();
  try {
    const app = testApp(outdir);
    build(app);
    app.synth();
    const report: { pluginReports: { violations: Violation[] }[] } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    return report.pluginReports.flatMap(({ violations }) => violations);
  } finally {
    printed.mockRestore();
    rmSync(outdir, { recursive: true });
  }
}
