import { ConfigError } from '../../../lib/config.ts';
import { checkMappingsText } from '../../../lib/mappings-file.ts';
import { readMappingsText } from '../../mappings.ts';
import { count } from '../../text.ts';
import { fail, ok, warn } from '../check.ts';
import type { Check, ConfigurationContext } from '../check.ts';
import { orError } from '../configuration.ts';

const LINT = 'npm run bridge -- lint';

export const MAPPINGS: Check<ConfigurationContext> = {
  name: 'mappings',
  async run({ configuration: { settings }, io }) {
    if (settings instanceof ConfigError) return fail('Not looked for, as the settings are wrong.', 'Mend the settings first.');
    const read = orError(ConfigError, () => readMappingsText(undefined, io));
    if (read instanceof ConfigError) return fail(read.message, 'Create it, or point the setting "mappings" at it.');
    const { mappings, problems, findings } = checkMappingsText(read.text, read.name);
    const open = findings.filter(({ acknowledged }) => !acknowledged);
    const warnings = open.filter(({ severity }) => severity === 'warning').length;
    const errors = problems.length + open.length - warnings;
    const counts = `${read.name} has ${count(errors, 'error')} and ${count(warnings, 'warning')}.`;
    if (errors > 0) return fail(counts, LINT);
    if (warnings > 0) return warn(counts, LINT);
    const enabled = mappings.filter((mapping) => mapping.enabled).length;
    return enabled === 0 ? warn(`No mapping in ${read.name} is enabled: nothing is billed.`, 'Enable one, or import them: npm run bridge -- import --help') : ok(`${read.name}: ${enabled} enabled, nothing to complain about.`);
  },
};
