import { ConfigError, settingsWarnings } from '../../../lib/config.ts';
import { refuseForStack } from '../../../lib/settings-rules.ts';
import { LocalRunError } from '../../../local/local-error.ts';
import { fail, ok, warn } from '../check.ts';
import type { Check, ConfigurationContext } from '../check.ts';

const WHERE = 'Settings come from bridge.config.json and variables named BRIDGE_…: docs/settings.md.';

export const SETTINGS: Check<ConfigurationContext> = {
  name: 'settings',
  async run({ configuration: { options, settings, start } }) {
    if (settings instanceof ConfigError) return fail(settings.message, WHERE);
    const isLocal = options.local === true;
    if (isLocal && start instanceof LocalRunError) return fail(start.message, 'The variables of npm start: npm start -- --help');
    const problems = isLocal ? [] : refuseForStack(settings);
    if (problems.length > 0) return fail(problems.join('\n'), WHERE);
    const warnings = settingsWarnings(settings);
    if (warnings.length > 0) return warn(warnings.join('\n'), WHERE);
    return ok('Valid.');
  },
};
