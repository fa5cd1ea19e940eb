import { queueCounts } from '../../operator/queue-counts.ts';
import { count } from '../../text.ts';
import { ask } from '../ask.ts';
import type { Bridge } from '../bridge.ts';
import { ok, warn } from '../check.ts';
import type { BridgeContext, Check } from '../check.ts';
import { bridgeMetric, metricPoints } from '../metric-points.ts';

const MINUTE_MS = 60_000;
/** For so long back an age is of today. */
const LOOK_BACK_MS = 15 * MINUTE_MS;
/** Older than that, an event has failed to go out more than once. */
const TOO_OLD_SECONDS = 15 * 60;
const NEXT = "Does Metronome take the token, and is the event source on (above)? The forward function's log names the cause. Nothing is lost: events are tried again for days.";

export const QUEUE: Check<BridgeContext> = {
  name: 'queue',
  async run({ bridge, io }) {
    const [{ waiting }, ageSeconds] = await Promise.all([
      ask({ what: 'The events queue', permission: 'sqs:GetQueueAttributes' }, () => queueCounts(bridge.operator)),
      oldestAgeSeconds(bridge, io.now()),
    ]);
    if (waiting === 0) return ok('No event waits.');
    const events = `${count(waiting, 'event')} waiting`;
    if (ageSeconds === undefined) return ok(`${events}.`);
    const message = `${events}, the oldest for ${durationText(ageSeconds)}.`;
    return ageSeconds < TOO_OLD_SECONDS ? ok(message) : warn(message, NEXT);
  },
};

/**
 * Undefined where nobody measures it, or while CloudWatch has no data. SQS leaves a message out of its own age metric once
 * it was received more than three times; what forward returns is in forward's.
 */
async function oldestAgeSeconds({ account, operator }: Bridge, now: number): Promise<number | undefined> {
  if (account === undefined) return undefined;
  const QueueName = operator.queueUrl.slice(operator.queueUrl.lastIndexOf('/') + 1);
  const metrics = [{ Namespace: 'AWS/SQS', MetricName: 'ApproximateAgeOfOldestMessage', Dimensions: [{ Name: 'QueueName', Value: QueueName }] }, await bridgeMetric(account, 'forward', 'OldestReturnedAge')];
  const range = { from: now - LOOK_BACK_MS, to: now, periodSeconds: 60, statistic: 'Maximum' as const };
  const latest = await Promise.all(metrics.map(async (metric) => (await metricPoints(account, metric, range)).at(-1)?.value));
  const ages = latest.filter((age) => age !== undefined);
  return ages.length === 0 ? undefined : Math.max(...ages);
}

/** `40 s`, `12 min`, `3.5 h` */
function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 60 * 60) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 60 / 60).toFixed(1)} h`;
}
