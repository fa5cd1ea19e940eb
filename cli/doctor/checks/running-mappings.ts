import { ConfigError } from '../../../lib/config.ts';
import { fail, ok, warn } from '../check.ts';
import type { BridgeContext, Check } from '../check.ts';

export const RUNNING_MAPPINGS: Check<BridgeContext> = {
  name: 'running mappings',
  async run({ bridge: { mappings, account, runsTheseMappings, operator } }) {
    if (mappings instanceof ConfigError) return fail(`${operator.mappingsPath} can't be used, so it can't be compared.`, 'npm run bridge -- lint');
    if (await runsTheseMappings()) return ok('The same as in the file.');
    if (account === undefined) return warn('The file was changed since the bridge was started.', 'Stop npm start, and start it again.');
    return warn('The deployed mappings differ from the file.', 'Deploy them: npx cdk deploy');
  },
};
