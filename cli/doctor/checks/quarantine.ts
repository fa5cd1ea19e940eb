import { count } from '../../text.ts';
import { ask } from '../ask.ts';
import { ok, warn } from '../check.ts';
import type { BridgeContext, Check } from '../check.ts';
import { openQuarantine } from '../open-quarantine.ts';

const DAY_MS = 24 * 60 * 60_000;

export const QUARANTINE: Check<BridgeContext> = {
  name: 'quarantine',
  async run({ bridge: { operator, flags }, io }) {
    const question = { what: `The bucket ${operator.bucket}`, permission: 's3:ListBucket and s3:GetObject' };
    const { byReason, isWhole } = await ask(question, () => openQuarantine(operator, io.now() - DAY_MS));
    const reasons = [...byReason].toSorted(([, one], [, other]) => other - one);
    const events = reasons.reduce((sum, [, amount]) => sum + amount, 0);
    const list = `npm run bridge -- quarantine list${flags}`;
    if (events === 0) return isWhole ? ok('Nothing open of the last 24 hours.') : warn('Not all of the last 24 hours can be read here.', list);
    const counts = reasons.map(([reason, amount]) => `${amount} ${reason}`).join(', ');
    return warn(`${isWhole ? '' : 'At least '}${count(events, 'event')} of the last 24 hours not billed: ${counts}.`, list);
  },
};
