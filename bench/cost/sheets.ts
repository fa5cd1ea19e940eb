import { fileURLToPath } from 'node:url';

import { INPUT_DEFAULTS } from '../../cli/cost/input.ts';
import type { CostInput } from '../../cli/cost/input.ts';
import { costSheet } from '../../cli/cost/sheet.ts';
import type { CostSheet } from '../../cli/cost/sheet.ts';
import { stackParts } from '../../cli/cost/stack-parts.ts';
import { loadSettings } from '../../lib/config.ts';
import type { Settings } from '../../lib/config.ts';

const MAPPINGS = fileURLToPath(new URL('../../mappings.json', import.meta.url));

/** As they are deployed without a settings file, or with some of them changed. */
export function settingsWith(overrides: Readonly<Record<string, string>> = {}): Settings {
  return loadSettings({ overrides: { mappings: MAPPINGS, ...overrides } });
}

export const SETTINGS = settingsWith();
/** Of the real stack. */
export const PARTS = stackParts(SETTINGS);

export function sheetOf(input: Partial<CostInput> = {}, settings: Settings = SETTINGS, accessLogFormat = PARTS.accessLogFormat): CostSheet {
  return costSheet({ ...INPUT_DEFAULTS, ...input }, settings, { ...PARTS, accessLogFormat });
}

/** Dollars of one line. */
export function usdOf({ lines }: CostSheet, id: string): number {
  const found = lines.find((line) => line.id === id);
  if (found === undefined) throw new Error(`no line ${id}`);
  return found.usd;
}
