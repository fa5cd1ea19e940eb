import { ConfigError } from '../../../lib/config.ts';
import { fail, ok, warn } from '../check.ts';
import type { BridgeContext, Check } from '../check.ts';

const OFF: ReadonlySet<string> = new Set(['Disabled', 'Disabling']);

/** Whether anything takes events out of the queue. */
export const EVENT_SOURCE: Check<BridgeContext> = {
  name: 'event source',
  async run({ bridge, configuration: { settings } }) {
    const shallPause = !(settings instanceof ConfigError) && settings.paused;
    if (bridge.account === undefined) return shallPause ? warn('Paused: events wait in the queue.', 'To deliver them, start the bridge without the setting "paused".') : ok('Not paused.');
    const source = await bridge.source();
    if (source === undefined) return fail('There is none: events wait in the queue.', `Deploy again: ${bridge.deploy}`);
    const isOff = OFF.has(source.state);
    if (isOff && shallPause) return warn('Paused, as the settings say: events wait in the queue.', `To deliver them, set "paused" to false and deploy: ${bridge.deploy}`);
    if (isOff) return fail("It is off, and the settings don't say paused: events wait.", resume(source.uuid, bridge.deploy));
    return shallPause ? warn(`The settings say paused, but it is ${source.state}.`, `Deploy to pause it: ${bridge.deploy}`) : ok(`${source.state}.`);
  },
};

/** CloudFormation doesn't notice what was changed by hand, so a deployment would leave it off. */
function resume(uuid: string, deploy: string): string {
  return [`If it was deployed with "paused", deploy without: ${deploy}`, 'If somebody switched it off by hand:', 'aws lambda update-event-source-mapping --enabled \\', `  --uuid ${uuid}`].join('\n');
}
