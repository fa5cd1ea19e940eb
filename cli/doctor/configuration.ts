import { ConfigError, settingsFromEnvironment } from '../../lib/config.ts';
import type { Settings } from '../../lib/config.ts';
import { LocalRunError } from '../../local/local-error.ts';
import { readStartSettings } from '../../local/start-settings.ts';
import type { StartSettings } from '../../local/start-settings.ts';
import type { Io } from '../io.ts';
import type { OperatorOptions } from '../operator/operator.ts';

/** Which bridge, and what the settings on this machine say of it. What can't be read stands there as its error. */
export interface Configuration {
  readonly options: OperatorOptions;
  readonly settings: Settings | ConfigError;
  /** What `npm start` would take from this environment. */
  readonly start: StartSettings | LocalRunError;
}

export function readConfiguration(options: OperatorOptions, { environment, projectFolder }: Io): Configuration {
  const settings = orError(ConfigError, () => settingsFromEnvironment(environment, projectFolder));
  const baseUrl = settings instanceof ConfigError ? undefined : settings.metronomeBaseUrl;
  return { options, settings, start: orError(LocalRunError, () => readStartSettings(environment, baseUrl)) };
}

/** What a step gives, or the error of this kind that it throws. */
export function orError<T, E extends Error>(kind: new (...words: never[]) => E, step: () => T): T | E {
  try {
    return step();
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
}
