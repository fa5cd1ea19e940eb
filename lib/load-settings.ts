import { z } from 'zod';

import { ConfigError } from './config-error.ts';
import { suggestKey } from './nearest-key.ts';
import { isObject } from '../lambda/json-value.ts';
import { parseJsonFile } from './parse-json.ts';
import { readSettingText } from './setting-text.ts';
import { ADVISED_VISIBILITY_FACTOR, settingsProblems } from './settings-rules.ts';
import type { Naming, SettingsProblem } from './settings-rules.ts';
import { DEFAULTS, isSettingKey, SETTING_KEYS, SETTINGS_SHAPE } from './settings-schema.ts';
import type { SettingKey, Settings, WrittenSettings } from './settings-schema.ts';

export interface SettingsSources {
  /** The settings file's text, if there is one. */
  readonly fileText?: string | undefined;
  readonly fileName?: string;
  /** Settings as text, by key. They win over the file. */
  readonly overrides?: Readonly<Record<string, string>>;
  /** How people know an override: `-c archiveDays`, `BRIDGE_ARCHIVE_DAYS`. */
  readonly overrideSource?: (key: string) => string;
  /** Settings as they are, by key, from code that embeds the bridge; what is undefined counts as not given. */
  readonly props?: Readonly<Record<string, unknown>>;
  /** What takes the place of the general defaults. */
  readonly defaults?: Partial<WrittenSettings>;
  /** Rules between settings that only hold where these are used. */
  readonly alsoRefuse?: (settings: Settings, naming: Naming) => readonly SettingsProblem[];
}

const SETTINGS_SCHEMA = z.object(SETTINGS_SHAPE);
const NO_FURTHER_RULES = (): readonly SettingsProblem[] => [];

/**
 * Complete, valid settings: the defaults, then the file, then the overrides.
 *
 * @throws ConfigError with every problem of every source
 */
export function loadSettings(sources: SettingsSources): Settings {
  const { alsoRefuse = NO_FURTHER_RULES } = sources;
  const defaults: WrittenSettings = { ...DEFAULTS, ...sources.defaults };
  const { values, origins, problems } = gather(sources);
  const naming: Naming = (key) => `${origins.get(key) ?? `${key} (by default)`} is ${shown({ ...defaults, ...values }[key])}`;

  const { settings, wrongKeys } = complete(defaults, values);
  problems.push(...wrongKeys.map((key) => `${naming(key)}; expected ${SETTINGS_SHAPE[key].description}`));
  // A rule between settings has nothing to say while one of them has no usable value.
  const broken = [...settingsProblems(settings, naming), ...alsoRefuse(settings, naming)].filter(({ keys }) => !keys.some((key) => wrongKeys.includes(key)));
  problems.push(...broken.map(({ problem }) => problem));
  if (problems.length > 0) throw new ConfigError(problems);
  return settings;
}

interface Gathered {
  readonly values: Partial<Record<SettingKey, unknown>>;
  readonly origins: ReadonlyMap<SettingKey, string>;
  readonly problems: string[];
}

/** Settings of one place, and how people know them there. */
interface Place {
  readonly values: Readonly<Record<string, unknown>>;
  readonly named: (key: string) => string;
  readonly unknown: (key: string) => string;
}

function gather(sources: SettingsSources): Gathered {
  const values: Partial<Record<SettingKey, unknown>> = {};
  const origins = new Map<SettingKey, string>();
  const problems: string[] = [];
  for (const place of placesOf(sources)) {
    for (const [key, value] of Object.entries(place.values)) {
      if (!isSettingKey(key)) {
        problems.push(place.unknown(key));
        continue;
      }
      values[key] = value;
      origins.set(key, place.named(key));
    }
  }
  return { values, origins, problems };
}

/** The later one wins. */
function placesOf({ fileText, fileName = 'bridge.config.json', overrides = {}, overrideSource = String, props = {} }: SettingsSources): readonly Place[] {
  const quoted = (key: string): string => `"${key}"`;
  return [
    {
      values: fileText === undefined ? {} : settingsObject(fileText, fileName),
      named: (key) => `${key} in ${fileName}`,
      unknown: (key) => `unknown setting "${key}" in ${fileName}; ${suggestKey(key, SETTING_KEYS, quoted)}`,
    },
    {
      values: Object.fromEntries(Object.entries(overrides).map(([key, text]) => [key, isSettingKey(key) ? readSettingText(SETTINGS_SHAPE[key], text) : text])),
      named: overrideSource,
      unknown: (key) => `unknown setting ${overrideSource(key)}; ${suggestKey(key, SETTING_KEYS, overrideSource)}`,
    },
    {
      values: Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)),
      named: String,
      unknown: (key) => `unknown prop "${key}"; ${suggestKey(key, SETTING_KEYS, quoted)}`,
    },
  ];
}

function settingsObject(fileText: string, fileName: string): Readonly<Record<string, unknown>> {
  const parsed = parseJsonFile(fileText, fileName);
  if (isObject(parsed)) return parsed;
  throw new ConfigError([`${fileName} holds ${shown(parsed)}; expected an object of settings`]);
}

/** Settings in which a default stands wherever the given value is wrong. */
function complete(defaults: WrittenSettings, values: Gathered['values']): { settings: Settings; wrongKeys: readonly SettingKey[] } {
  const parsed = SETTINGS_SCHEMA.safeParse({ ...defaults, ...values });
  if (parsed.success) return { settings: withVisibility(parsed.data), wrongKeys: [] };
  const wrongKeys = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))].filter(isSettingKey);
  const usable = Object.fromEntries(Object.entries(values).filter(([key]) => !wrongKeys.some((wrong) => wrong === key)));
  return { settings: withVisibility(SETTINGS_SCHEMA.parse({ ...defaults, ...usable })), wrongKeys };
}

function withVisibility(written: WrittenSettings): Settings {
  return { ...written, visibilityTimeoutSeconds: written.visibilityTimeoutSeconds ?? ADVISED_VISIBILITY_FACTOR * written.forwardTimeoutSeconds };
}

/** JSON has no word for NaN and infinite numbers, which code can give. */
function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return value === undefined ? 'not set' : JSON.stringify(value);
}
