import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { jest } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';

import { BridgeStack } from '../../../lib/bridge-stack.ts';
import { loadSettings } from '../../../lib/config.ts';
import type { Settings } from '../../../lib/config.ts';

type Overrides = Readonly<Record<string, string>>;

const ROOT = join(import.meta.dirname, '../../..');
/** A file of its own: a change of the deployed mappings is no change of the stack. */
const MAPPINGS = join(ROOT, 'test/lib/fixtures/mappings.json');

const { context: featureFlags }: { context: Record<string, unknown> } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));

export function settingsWith(overrides: Overrides = {}): Settings {
  return loadSettings({ overrides: { mappings: MAPPINGS, ...overrides }, overrideSource: (key) => key });
}

export function templateWith(overrides: Overrides = {}): Template {
  return synthesised(overrides, (stack) => Template.fromStack(stack));
}

/** What CDK shows as warnings when the stack is synthesised. */
export function warningsWith(overrides: Overrides = {}): readonly unknown[] {
  return synthesised(overrides, (stack) => Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => entry.data));
}

function synthesised<T>(overrides: Overrides, read: (stack: BridgeStack) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), 'bridge-stack-'));
  // CDK prints a stack's warnings as it writes the stack; tests ask for them instead.
  const printed = jest.spyOn(console, 'error').mockReturnValue();
  try {
    // Bundling left out.
    const app = new App({ outdir, context: { ...featureFlags, 'aws:cdk:bundling-stacks': [] } });
    return read(new BridgeStack(app, settingsWith(overrides)));
  } finally {
    printed.mockRestore();
    rmSync(outdir, { recursive: true });
  }
}
