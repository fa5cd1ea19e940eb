import { ConfigError } from '../../../lib/config.ts';
import { fail, ok, warn } from '../check.ts';
import type { BridgeContext, Check } from '../check.ts';

export const RUNNING_MAPPINGS: Check<BridgeContext> = {
  name: 'running mappings',
  async run({ bridge: { mappings, account, runsTheseMappings, operator, deploy } }) {
    if (mappings instanceof ConfigError) return fail(`${operator.mappingsPath} can't be used, so it can't be compared.`, 'npm run bridge -- lint');
    if (await runsTheseMappings()) return ok('The same as in the file.');
    if (account === undefined) return warn('The bridge does not run the file as it is now.', 'It takes changes up within seconds: try again, or see what npm start says of the file.');
    return warn('The deployed mappings differ from the file.', `Is it the file that was deployed? BRIDGE_MAPPINGS names another. If so, deploy it: ${deploy}`);
  },
};
