import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';

import { messageOf } from '../../lambda/error-text.ts';
import type { Clients } from './clients.ts';
import { ofType, resourcesOf } from './steps/destroy.ts';

const LINES_SHOWN = 8;
const WORTH_READING = /"level":"(?:WARN|ERROR)"|\bERROR\b|Task timed out/;

/** The last warnings and errors of the functions, for whoever looks into a failed step. */
export async function functionLogs(name: string, clients: Clients, since: number): Promise<string> {
  try {
    const groups = ofType(await resourcesOf(name, clients), 'AWS::Logs::LogGroup');
    const texts = await Promise.all(groups.map(({ PhysicalResourceId }) => lastLines(PhysicalResourceId, clients, since)));
    return texts.join('');
  } catch (error) {
    return `The functions' logs can't be read: ${messageOf(error)}\n`;
  }
}

async function lastLines(logGroupName: string | undefined, { logs }: Clients, startTime: number): Promise<string> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName, startTime, nextToken }));
    lines.push(...(page.events ?? []).map(({ message = '' }) => message.trim()).filter((line) => WORTH_READING.test(line)));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines.length === 0 ? '' : `\nLast of ${logGroupName}:\n${lines.slice(-LINES_SHOWN).map((line) => `  ${line}\n`).join('')}`;
}
