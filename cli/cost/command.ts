import { Option } from 'commander';
import type { Command } from 'commander';

import type { ExitStatus, Io } from '../io.ts';
import type { CostOptions } from './cost.ts';
import { whole } from './figures.ts';
import { INPUT_DEFAULTS } from './input.ts';
import { positive, setting, share, wholeNumber } from './option-values.ts';

const MORE = `
Memory, batches, archive, alarms, metrics and the form of the access log are
taken from the stack as you would deploy it, with bridge.config.json; -c tries
another setting, as often as you like. Nothing is asked of AWS or anybody else.
Numbers may be written 20_000, 1.5k, 100M or 10B. How it is reckoned, and what
isn't in it: docs/cost.md

Exit status:
  0  reckoned
  1  the settings or the mappings can't be deployed
  2  the command was used wrongly

Examples:
  npm run bridge -- cost --events-per-month 100M --events-per-webhook 50
  npm run bridge -- cost -c batchWindowSeconds=60
  npm run -s bridge -- cost --events-per-month 1M --json
`;

export function addCost(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  const number = (flags: string, what: string, parse: (text: string) => number, byDefault: number): Option => new Option(flags, what).argParser(parse).default(byDefault, whole(byDefault).replaceAll(',', '_'));
  program
    .command('cost')
    .summary('what a month costs at AWS, line by line')
    .description('Reckons what the bridge costs a month at list prices of AWS, line by line.')
    .addOption(number('--events-per-month <n>', 'Segment events in a month', wholeNumber, INPUT_DEFAULTS.eventsPerMonth))
    .addOption(number('--events-per-webhook <n>', 'the batch size in Segment', wholeNumber, INPUT_DEFAULTS.eventsPerWebhook))
    .addOption(number('--event-bytes <n>', 'the size of one event', wholeNumber, INPUT_DEFAULTS.eventBytes))
    .addOption(number('--filtered-share <share>', 'of the events, those no mapping takes', share, INPUT_DEFAULTS.filteredShare))
    .addOption(number('--usage-events <n>', 'usage events made of each other one', positive, INPUT_DEFAULTS.usageEvents))
    .addOption(new Option('-c, --context <key=value>', 'a setting to try, as npx cdk takes it').argParser(setting))
    .option('--json', 'one JSON object')
    .addHelpText('after', MORE)
    .action(async (options: CostOptions) => {
      // Only now: CDK takes longer to load than most commands to run.
      const { cost } = await import('./cost.ts');
      finish(await cost(options, io));
    });
}
