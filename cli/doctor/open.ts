import { openOperator } from '../operator/open-operator.ts';
import type { Operator } from '../operator/operator.ts';
import { ask } from './ask.ts';
import { openLocal } from './open-local.ts';
import { openStack } from './open-stack.ts';
import type { Chosen, Open } from './opened.ts';
import { Unanswered } from './unanswered.ts';

/** Looks for the bridge; that there is none is a finding, too. */
export const open: Open = async (chosen) => {
  const operator = await operatorOrReason(chosen);
  return chosen.configuration.options.local === true ? openLocal(operator, chosen) : openStack(operator, chosen);
};

async function operatorOrReason({ configuration: { options, settings }, io }: Chosen): Promise<Operator | Unanswered> {
  if (settings instanceof Error) return new Unanswered('Not looked for, as the settings are wrong.', 'Mend the settings first.');
  try {
    return await ask({ what: 'The bridge', permission: 'cloudformation:DescribeStacks' }, () => openOperator(options, io));
  } catch (error) {
    if (error instanceof Unanswered) return error;
    throw error;
  }
}
