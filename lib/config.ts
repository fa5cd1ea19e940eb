import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ConfigError } from './config-error.ts';
import { errorCode } from './error-code.ts';
import { loadSettings } from './load-settings.ts';
import { nearestKey } from './nearest-key.ts';
import { stackProblems } from './settings-rules.ts';
import { isSettingKey, LOCAL_DEFAULTS, SETTING_KEYS } from './settings-schema.ts';
import type { Settings } from './settings-schema.ts';

export { ConfigError } from './config-error.ts';
export { loadSettings } from './load-settings.ts';
export type { SettingsSources } from './load-settings.ts';
export { settingsWarnings } from './settings-rules.ts';
export { DEFAULTS, LOCAL_DEFAULTS } from './settings-schema.ts';
export type { Settings } from './settings-schema.ts';

const SETTINGS_FILE = 'bridge.config.json';
const ENVIRONMENT_PREFIX = 'BRIDGE_';
/** Of the local run itself, not of the bridge. */
const NO_SETTINGS: ReadonlySet<string> = new Set(['BRIDGE_PORT', 'BRIDGE_DATA']);
/** So close to a setting's name, another context key is a misspelt one. */
const MISSPELT_WITHIN_EDITS = 2;

/** The part of a construct's node that holds CDK context. */
export interface ContextNode {
  getAllContext(): unknown;
}

/**
 * The stack's settings: defaults, `bridge.config.json`, then CDK context (`-c key=value`).
 * Context keys that aren't close to a setting's name belong to somebody else and are left alone.
 *
 * @param folder where `bridge.config.json` may lie
 * @throws ConfigError with every problem
 */
export function settingsFromContext(node: ContextNode, folder: string = process.cwd()): Settings {
  const context = Object.entries(node.getAllContext() ?? {}).filter(([key]) => isSettingKey(key) || nearestKey(key, SETTING_KEYS, MISSPELT_WITHIN_EDITS) !== undefined);
  return loadSettings({
    fileText: settingsFileIn(folder),
    overrides: Object.fromEntries(context.map(([key, value]) => [key, contextText(value)])),
    overrideSource: (key) => `-c ${key}`,
    alsoRefuse: stackProblems,
  });
}

/**
 * The local run's settings: its defaults, `bridge.config.json`, then environment variables named `BRIDGE_<SETTING>`.
 *
 * @param folder where `bridge.config.json` may lie
 * @throws ConfigError with every problem
 */
export function settingsFromEnvironment(environment: NodeJS.ProcessEnv, folder: string = process.cwd()): Settings {
  const overrides: Record<string, string> = {};
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(ENVIRONMENT_PREFIX) || NO_SETTINGS.has(name) || text === undefined) continue;
    overrides[keyOfVariable(name)] = text;
  }
  return loadSettings({ fileText: settingsFileIn(folder), overrides, overrideSource: variableOfKey, defaults: LOCAL_DEFAULTS });
}

function settingsFileIn(folder: string): string | undefined {
  const path = join(folder, SETTINGS_FILE);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return undefined;
    throw new ConfigError([`the settings file ${path} can't be read (${code}); make it a file that you may read, or move it away`]);
  }
}

/** Context from a file keeps its JSON type; from the command line it is text. */
function contextText(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(',') : JSON.stringify(value);
}

/** `BRIDGE_ARCHIVE_DAYS` → `archiveDays` */
function keyOfVariable(name: string): string {
  return name
    .slice(ENVIRONMENT_PREFIX.length)
    .toLowerCase()
    .replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `archiveDays` → `BRIDGE_ARCHIVE_DAYS` */
function variableOfKey(key: string): string {
  return ENVIRONMENT_PREFIX + key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
