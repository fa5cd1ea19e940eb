import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

import { BridgeStack } from '../../../lib/bridge-stack.ts';
import { loadSettings } from '../../../lib/config.ts';
import type { Settings } from '../../../lib/config.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** A file of its own: a change of the deployed mappings is no change of the stack. */
const MAPPINGS = join(ROOT, 'test/lib/fixtures/mappings.json');

const { context: featureFlags }: { context: Record<string, unknown> } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));

export function settingsWith(overrides: Readonly<Record<string, string>> = {}): Settings {
  return loadSettings({ overrides: { mappings: MAPPINGS, ...overrides }, overrideSource: (key) => key });
}

/** The stack with these settings, bundling left out. */
export function stackWith(overrides: Readonly<Record<string, string>> = {}): BridgeStack {
  const app = new App({ context: { ...featureFlags, 'aws:cdk:bundling-stacks': [] } });
  return new BridgeStack(app, settingsWith(overrides));
}

export function templateWith(overrides: Readonly<Record<string, string>> = {}): Template {
  return Template.fromStack(stackWith(overrides));
}
