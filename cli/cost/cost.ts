import { resolve } from 'node:path';

import { settingsFromContext } from '../../lib/config.ts';
import type { Settings } from '../../lib/config.ts';
import { suggestKey } from '../../lib/nearest-key.ts';
import { isSettingKey, SETTING_KEYS } from '../../lib/settings-schema.ts';
import { EXIT, UsageError } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { refuseImpossible } from './input.ts';
import type { CostInput } from './input.ts';
import { costJson, costText } from './report.ts';
import { costSheet } from './sheet.ts';
import { stackParts } from './stack-parts.ts';

export interface CostOptions extends CostInput {
  /** Settings to try, by key, over those of bridge.config.json. */
  readonly context?: Readonly<Record<string, string>> | undefined;
  readonly json?: boolean | undefined;
}

/**
 * Reckons what a month costs, and shows it. Asks nothing of AWS.
 * @throws UsageError for traffic or a setting that can't be
 * @throws ConfigError if the stack can't be deployed with these settings or mappings
 */
export async function cost({ context = {}, json, ...input }: CostOptions, io: Io): Promise<ExitStatus> {
  refuseImpossible(input);
  const settings = settingsWith(context, io);
  const sheet = costSheet(input, settings, stackParts(settings));
  await io.stdout.write(json === true ? costJson(sheet) : costText(sheet));
  return EXIT.fine;
}

/** As `npx cdk deploy` reads them: not this machine's environment, which is the local run's. */
function settingsWith(context: Readonly<Record<string, string>>, { projectFolder }: Io): Settings {
  const unknown = Object.keys(context).find((key) => !isSettingKey(key));
  if (unknown !== undefined) throw new UsageError(`-c ${unknown}: there is no such setting; ${suggestKey(unknown, SETTING_KEYS, (key) => `-c ${key}`)}`);
  const settings = settingsFromContext({ getAllContext: () => context }, projectFolder);
  return { ...settings, mappings: resolve(projectFolder, settings.mappings) };
}
