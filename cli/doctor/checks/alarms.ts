import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import type { ListStackResourcesCommandOutput } from '@aws-sdk/client-cloudformation';

import { chunks } from '../../../lambda/chunks.ts';
import { count } from '../../text.ts';
import { ask } from '../ask.ts';
import type { Account } from '../bridge.ts';
import { fail, ok, warn } from '../check.ts';
import type { BridgeContext, Check } from '../check.ts';

const ALARM_TYPES: ReadonlySet<string> = new Set(['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']);
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const MAX_NAMES = 100;

interface FiringAlarm {
  readonly AlarmName?: string | undefined;
  readonly AlarmDescription?: string | undefined;
}

export function alarms(account: Account): Check<BridgeContext> {
  return {
    name: 'alarms',
    async run({ bridge: { deploy } }) {
      const names = await alarmNames(account);
      if (names.length === 0) return warn(`${account.stackName} has none.`, `Deploy again: ${deploy}`);
      const firing = await firingOf(account, names);
      if (firing.length === 0) return ok(`None of ${names.length} fires.`);
      return fail(`${count(firing.length, 'alarm')} of ${names.length} firing.`, firing.map(({ AlarmName, AlarmDescription }) => AlarmDescription ?? AlarmName).join('\n'));
    },
  };
}

async function alarmNames({ cloudFormation, stackName }: Account): Promise<readonly string[]> {
  const names: string[] = [];
  const question = { what: "The stack's resources", permission: 'cloudformation:ListStackResources' };
  let NextToken: string | undefined;
  do {
    const command = new ListStackResourcesCommand({ StackName: stackName, NextToken });
    const page: ListStackResourcesCommandOutput = await ask(question, (options) => cloudFormation.send(command, options));
    for (const { ResourceType = '', PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      if (ALARM_TYPES.has(ResourceType) && PhysicalResourceId !== undefined) names.push(PhysicalResourceId);
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return names;
}

async function firingOf({ cloudWatch }: Account, names: readonly string[]): Promise<readonly FiringAlarm[]> {
  const question = { what: "The stack's alarms", permission: 'cloudwatch:DescribeAlarms' };
  const firing: FiringAlarm[] = [];
  for (const AlarmNames of chunks(names, MAX_NAMES)) {
    const command = new DescribeAlarmsCommand({ AlarmNames: [...AlarmNames], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], StateValue: 'ALARM' });
    const { MetricAlarms = [], CompositeAlarms = [] } = await ask(question, (options) => cloudWatch.send(command, options));
    firing.push(...MetricAlarms, ...CompositeAlarms);
  }
  return firing;
}
