import { describe, expect, it } from '@jest/globals';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';

import type { Operator } from '../../../cli/operator/operator.ts';
import type { AcceptedSource } from '../../../cli/reconcile/accepted.ts';
import { cloudWatchAccepted } from '../../../cli/reconcile/cloudwatch-accepted.ts';
import { dayFrom } from '../../../cli/reconcile/day.ts';
import type { Day } from '../../../cli/reconcile/day.ts';
import { reconcileWith } from '../../../cli/reconcile/reconcile.ts';
import { reconciledJson, reconciledText } from '../../../cli/reconcile/report.ts';
import { ioDouble, NOW } from '../io-double.ts';
import { bucketDouble, lineOf } from '../ledger/bucket-double.ts';
import type { BucketDouble } from '../ledger/bucket-double.ts';

const HOUR_MS = 60 * 60_000;
const DAY = { name: '2026-11-20', from: Date.parse('2026-11-20T00:00:00Z'), to: Date.parse('2026-11-21T00:00:00Z') };

interface World {
  readonly bucket?: BucketDouble;
  readonly accepted: number;
  readonly hours?: Readonly<Record<string, number>>;
  readonly waiting?: number;
  readonly deadLetters?: number;
  readonly localUrl?: string;
}

function operatorOf({ bucket = bucketDouble(), waiting = 0, deadLetters = 0, localUrl }: World): Operator {
  const send = async (command: unknown): Promise<unknown> => {
    const url = command instanceof GetQueueAttributesCommand ? command.input.QueueUrl : undefined;
    return { Attributes: { ApproximateNumberOfMessages: String(url === 'dead' ? deadLetters : waiting) } };
  };
  const name = localUrl === undefined ? 'the stack Bridge' : 'the local bridge (sandbox)';
  return { ...bucket, name, sqs: { send: send as Operator['sqs']['send'] }, queueUrl: 'events', deadLettersUrl: 'dead', mappingsPath: '', localUrl, close: () => undefined };
}

async function run(world: World, day: Day = DAY) {
  const double = ioDouble('/nowhere');
  const asked: Day[] = [];
  const source: AcceptedSource = async (range) => {
    asked.push(range);
    return { total: world.accepted, byHour: world.hours === undefined ? undefined : new Map(Object.entries(world.hours)) };
  };
  const reconciled = await reconcileWith(operatorOf(world), day, source, double.io);
  return { reconciled, asked, err: double.err(), text: reconciledText(reconciled), json: reconciledJson(reconciled) };
}

/** Events accepted at 09:30 of the day, settled so many hours later. */
function bucketOf(...settledAfterHours: readonly number[]): BucketDouble {
  const bucket = bucketDouble();
  const acceptedAt = DAY.from + 9.5 * HOUR_MS;
  settledAfterHours.forEach((hours, index) => {
    const at = acceptedAt + hours * HOUR_MS;
    bucket.write('archive', at, [lineOf(at, {}, { sqsMessageId: `m-${index}`, acceptedAt })]);
  });
  return bucket;
}

describe('reconcile', () => {
  it('names the command that shows what was billed twice, of this bridge and in one piece', async () => {
    const { reconciled } = await run({ bucket: bucketOf(0), accepted: 1 });
    const twice = { ...reconciled, billedTwice: [{ root: 'root-0001', mapping: 'Usage', transactionIds: ['one', 'two'] }] };

    expect(reconciledText(twice, ' --stack Staging --prefix Usage')).toMatch(/Metronome's\s+support\s+can\s+take\s+it\s+back;\s+npm run bridge -- trace root-0001 --stack Staging --prefix Usage\s+shows\s+it\s+all\./);
  });

  it('finds the books of a day in balance, and reads no more of the ledger than it needs', async () => {
    const { reconciled, err, text } = await run({ bucket: bucketOf(0, 1, 14), accepted: 3, hours: { '2026-11-20T09': 3 } });

    expect(reconciled).toMatchObject({ missing: 0, unexplained: 0, differences: [] });
    expect(err).toBe('The ledger from 2026-11-20 00:00Z to 2026-11-21 01:00Z of the stack Bridge: 3\nobjects, ' + err.split('objects, ')[1]);
    expect(text).toBe(`2026-11-20 of the stack Bridge
          3  accepted, by the metric Accepted
          3  of these in the ledger
                     3  delivered
                     0  filtered
                     0  quarantined
          0  not in the ledger
          0  waiting in the queue, of any day (about: SQS estimates)
          0  dead letters, of any day (about: SQS estimates)

The books balance: every accepted event has its fate.
`);
  });

  it('reads on for an event that was settled days later', async () => {
    const { reconciled, err } = await run({ bucket: bucketOf(0, 40), accepted: 2 });

    expect(reconciled).toMatchObject({ unexplained: 0, objects: 2 });
    expect(err.match(/The ledger from/g)).toHaveLength(3);
  });

  it('says what is missing and when, if it can not be waiting', async () => {
    const { reconciled, text, json } = await run({ bucket: bucketOf(0), accepted: 5, hours: { '2026-11-20T09': 3, '2026-11-20T10': 2 }, waiting: 1, deadLetters: 1 });

    expect(reconciled).toMatchObject({ missing: 4, unexplained: 2 });
    expect(text).toMatch(/2 events can't be accounted for: accepted, but neither/);
    expect(text).toContain('  2026-11-20T09h          3 accepted         1 in the ledger\n  2026-11-20T10h          2 accepted         0 in the ledger\n');
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const lines = json.trimEnd().split('\n').map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(lines).toEqual([
      { difference: { hour: '2026-11-20T09', accepted: 3, ledger: 1 } },
      { difference: { hour: '2026-11-20T10', accepted: 2, ledger: 0 } },
      { summary: expect.objectContaining({ day: '2026-11-20', accepted: 5, ledger: { messages: 1, delivered: 1, filtered: 0, quarantined: 0 }, missing: 4, waiting: 1, deadLetters: 1, unexplained: 2, damaged: [] }) },
    ]);
  });

  it('does not cry over what may be waiting, nor call it proven', async () => {
    const { reconciled, text } = await run({ bucket: bucketOf(0), accepted: 5, waiting: 400 });

    expect(reconciled).toMatchObject({ missing: 4, unexplained: 0 });
    expect(text).toContain('The books balance as far as can be told');
  });

  it('says that nothing is lost if the ledger holds more than was counted', async () => {
    const { reconciled, text } = await run({ bucket: bucketOf(0, 0), accepted: 1, waiting: 400 });

    expect(reconciled.unexplained).toBe(-1);
    expect(text).toContain('The ledger holds 1 event more than were counted as accepted. Nothing is lost');
  });

  it('names what could not be read', async () => {
    const bucket = bucketOf(0);
    bucket.put('archive/date=2026-11-20/hour=09/093000000Z-x.ndjson.gz', Buffer.from('hello'));

    const { reconciled, err, text } = await run({ bucket, accepted: 2 });

    expect(reconciled).toMatchObject({ unexplained: 1, damaged: ['archive/date=2026-11-20/hour=09/093000000Z-x.ndjson.gz'] });
    expect(err).toContain('Warning: archive/date=2026-11-20/hour=09/093000000Z-x.ndjson.gz is damaged gzip');
    expect(text).toContain('1 object of the ledger could not be read; what is in there counts as missing.');
  });

  it('asks of a day that is not over up to now alone', async () => {
    const today = dayFrom('2026-11-22');
    const { asked, reconciled, text } = await run({ accepted: 1 }, today);

    expect(asked).toEqual([{ name: '2026-11-22', from: today?.from, to: NOW }]);
    expect(reconciled.isUnderWay).toBe(true);
    expect(text).toMatch(/may not be\s+counted\s+yet: try again/);
  });

  it('compares all days of a local run, as it counts none apart', async () => {
    const bucket = bucketOf(0, 30);
    bucket.write('archive', 0, [lineOf(0, {}, { sqsMessageId: 'old', acceptedAt: 0 })]);

    const { reconciled, text } = await run({ bucket, accepted: 3, localUrl: 'http://127.0.0.1:1' });

    expect(reconciled).toMatchObject({ day: undefined, unexplained: 0, messages: 3 });
    expect(text).toMatch(/^All days of the local bridge \(sandbox\)\n +3 {2}accepted since the data folder began\n/);
  });
});

describe('cloudWatchAccepted', () => {
  it('adds up the hours of the metric', async () => {
    const inputs: unknown[] = [];
    const send = async (command: { readonly input: unknown }): Promise<unknown> => {
      inputs.push(command.input);
      return { Datapoints: [{ Timestamp: new Date('2026-11-20T10:00:00Z'), Sum: 2 }, { Timestamp: new Date('2026-11-20T09:00:00Z'), Sum: 40 }] };
    };

    const accepted = await cloudWatchAccepted(DAY, 'Bridge', { send: send as never, destroy: () => undefined });

    expect(accepted).toEqual({ total: 42, byHour: new Map([['2026-11-20T10', 2], ['2026-11-20T09', 40]]) });
    expect(inputs).toEqual([{
      Namespace: 'SegmentMetronomeBridge', MetricName: 'Accepted', Dimensions: [{ Name: 'service', Value: 'ingest' }, { Name: 'stack', Value: 'Bridge' }], Statistics: ['Sum'], Period: 3_600,
      StartTime: new Date(DAY.from), EndTime: new Date(DAY.to),
    }]);
  });

  it('says in words when AWS refuses', async () => {
    const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    const refused = cloudWatchAccepted(DAY, 'Bridge', { send: (async () => Promise.reject(denied)) as never, destroy: () => undefined });

    await expect(refused).rejects.toThrow("The CloudWatch metric Accepted can't be read: AWS refuses it to these credentials (not authorized)");
  });
});
