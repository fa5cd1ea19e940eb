import type { Io } from '../io.ts';
import type { UsableMappings } from '../mappings.ts';
import { OperatorError } from '../operator/operator-error.ts';
import type { Operator } from '../operator/operator.ts';
import { wrap } from '../text.ts';
import { lastMapped } from './last-mapped.ts';
import type { ReplayFlags } from './options.ts';

/**
 * Says so if the bridge runs other mappings than the file's, by which events are judged.
 * @throws OperatorError if events are to be sent to those others
 */
export async function checkRunningMappings(operator: Operator, { name, version }: UsableMappings, { yes, anyway }: ReplayFlags, io: Io): Promise<void> {
  const running = operator.mappingsVersion;
  if (running === version) return;
  if (running === undefined) return noteLastMapped(operator, { name, version }, io);
  const step = operator.localUrl === undefined ? 'Deploy it first (npx cdk deploy)' : 'Try again in a moment, or see what npm start says of the file';
  const difference = `The bridge runs other mappings than ${name} has now.`;
  if (yes === true && anyway !== true) throw new OperatorError(`${difference} Events would come out as the running ones make them, so nothing was sent. ${step}; to send all the same, add --anyway.`);
  await io.stderr.write(`${wrap(`Note: ${difference} ${step}, before you send.`, '')}\n`);
}

/** A bridge older than this tool doesn't tell what it runs; its ledger tells what it ran. */
async function noteLastMapped(operator: Operator, { name, version }: Pick<UsableMappings, 'name' | 'version'>, io: Io): Promise<void> {
  const last = await lastMapped(operator, io.now());
  if (last === undefined || last.mappingVersion === version) return;
  const note = `Note: the bridge last mapped at ${last.at}, with other mappings than ${name} has now. Before you send, ${operator.localUrl === undefined ? 'deploy them (npx cdk deploy), if that was not done since' : 'see what npm start says of the file'}.`;
  await io.stderr.write(`${wrap(note, '')}\n`);
}
