import { minuteText } from '../../ledger/reading.ts';
import { count } from '../../text.ts';
import type { Account } from '../bridge.ts';
import { fail, ok } from '../check.ts';
import type { BridgeContext, Check } from '../check.ts';
import { bridgeMetric, metricPoints } from '../metric-points.ts';

const HOUR_MS = 60 * 60_000;
const PERIOD_SECONDS = 5 * 60;
const NEXT = [
  "If Segment's events go on arriving (Accepted, on the dashboard), it was a stranger, and there is",
  "nothing to do. If not, give Segment's webhook the shared secret and the endpoint token that are",
  'stored (outputs SegmentSecretArn and EndpointTokenSecretArn); it sends again for about 4 hours. The',
  'ingest log has each as credential_mismatch, with what was wrong. A wrong SEGMENT_SHARED_SECRET given',
  'to doctor counts, too.',
].join(' ');

/** Whether Segment itself gets through: only what it sent tells which secret it has, but anybody may send. */
export function mismatches(account: Account): Check<BridgeContext> {
  return {
    name: 'mismatches',
    async run({ io }) {
      const now = io.now();
      const metric = await bridgeMetric(account, 'ingest', 'CredentialMismatch');
      const points = await metricPoints(account, metric, { from: now - HOUR_MS, to: now, periodSeconds: PERIOD_SECONDS, statistic: 'Sum' });
      const some = points.filter(({ value }) => value > 0);
      const latest = some.at(-1);
      if (latest === undefined) return ok('No webhook of the last hour had a wrong credential.');
      const refused = some.reduce((sum, { value }) => sum + value, 0);
      return fail(`${count(refused, 'webhook')} of the last hour had a wrong signature or token, the latest about ${minuteText(latest.at)}: Segment has another secret than the bridge, or a stranger tried.`, NEXT);
    },
  };
}
