import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { startAwsDouble } from '../helpers/aws-double.ts';
import type { AwsDouble } from '../helpers/aws-double.ts';
import { runBridgeProcess } from '../helpers/bridge-process.ts';
import type { BridgeRun } from '../helpers/bridge-process.ts';
import { endLeftovers, startLocalProcess } from '../helpers/local-process.ts';
import type { LocalProcess } from '../helpers/local-process.ts';
import { batchRequest, trackEvent } from '../helpers/segment.ts';
import { sendAll } from '../helpers/segment-sender.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const TEST_MS = 120_000;
const DRAIN_MS = 60_000;
const MANY = 2_000;

const folder = temporaryFolder();
let bridge: LocalProcess;

beforeAll(async () => {
  bridge = await startLocalProcess({ BRIDGE_DATA: folder.path });
  const many = Array.from({ length: MANY }, (_, index) => trackEvent(`many-${index}`));
  await send([trackEvent('missing', { context: {} }), trackEvent('billed', { properties: { bytes: 1 } }), { type: 'page', messageId: 'filtered' }, trackEvent('twice'), trackEvent('twice')]);
  await send(many);
  await bridge.drained(DRAIN_MS);
}, TEST_MS);

afterAll(() => {
  endLeftovers();
  folder.remove();
});

async function send(events: readonly unknown[]): Promise<void> {
  const request = batchRequest(events);
  // A number no JavaScript number can hold; behind the first event, which is signed as it was.
  const body = request.body.replace('"bytes":1', '"bytes":12345678901234567890');
  expect(await sendAll([{ ...request, body }], { webhook: () => bridge.webhook, concurrency: 1, pauseMs: 200, maxTries: 20 })).toEqual([200]);
}

const local = (...words: readonly string[]): Promise<BridgeRun> => runBridgeProcess([...words, '--local'], { BRIDGE_DATA: folder.path });

interface Operator {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly bucket: string;
  readonly queueUrl: string;
  readonly deadLettersUrl: string;
}

function operatorFile(): Operator {
  return JSON.parse(readFileSync(join(folder.path, 'sandbox', 'operator.json'), 'utf8')) as Operator;
}

describe('bridge trace --local', () => {
  it.each([
    ['billed', /delivered, Metronome answered 200\n +transaction_id billed\n/],
    ['missing', /quarantined: missing_field \(customer_id\)/],
    ['filtered', /Z {2}filtered\n/],
    ['many-1234', /Now: delivered\.\n$/],
    ['twice', /^It was accepted 2 times: /],
  ])('tells the whole way of %s', async (id, told) => {
    const { status, out, err } = await local('trace', id);

    expect(out).toMatch(told);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(err).toMatch(/^The ledger from .*Z of the local bridge\s\(sandbox\): \d+ objects, \d+\.\d KB to read\.\n$/s);
    expect(status).toBe(0);
  }, TEST_MS);

  it('gives machines the ledger\'s own lines, digit for digit, and a summary', async () => {
    const run = await local('trace', 'billed', '--json');

    expect(run.out).toContain('"bytes":12345678901234567890');
    expect(run.lines()).toEqual([
      expect.objectContaining({ key: expect.stringMatching(/^archive\/date=/), messageId: 'billed', fate: 'delivered', event: expect.objectContaining({ type: 'track' }) }),
      { summary: expect.objectContaining({ id: 'billed', found: true, damaged: [], events: [expect.objectContaining({ messageId: 'billed', fate: 'delivered' })] }) },
    ]);
  }, TEST_MS);

  it('finds the event by the ids the queue and Metronome know it by, too', async () => {
    const [line] = (await local('trace', 'missing', '--json')).lines();

    const { lines } = await local('trace', String(line?.['sqsMessageId']), '--json');

    expect(lines()[0]).toEqual(line);
  }, TEST_MS);

  it('says what to do about one it doesn\'t find', async () => {
    const { status, out } = await local('trace', 'nobody', '--hours', '2');

    expect(out).toMatch(/holds nothing of\s+nobody\.\n- Look wider: --hours 14, or/);
    expect(out).toContain('- It may not have a fate yet: 0 messages in the queue, 0 dead letters.\n');
    expect(status).toBe(1);
  }, TEST_MS);
});

describe('bridge reconcile --local', () => {
  it('finds every accepted event in the ledger', async () => {
    const { accepted, fates } = await bridge.state();
    expect(accepted).toBeGreaterThan(MANY);

    const text = await local('reconcile');
    const json = await local('reconcile', '--json');

    expect(text.out).toContain('The books balance: every accepted event has its fate.');
    expect(json.lines()).toEqual([{ summary: expect.objectContaining({ accepted, missing: 0, unexplained: 0, waiting: 0, deadLetters: 0, ledger: { messages: accepted, ...fates } }) }]);
    expect([text.status, json.status]).toEqual([0, 0]);
  }, TEST_MS);
});

describe('events that wait', () => {
  const other = temporaryFolder();

  afterAll(() => other.remove());

  it('are counted where an event is not found, and balance the books', async () => {
    const paused = await startLocalProcess({ BRIDGE_DATA: other.path, BRIDGE_PAUSED: 'true' });
    const { method, headers, body } = batchRequest([trackEvent('one'), trackEvent('two'), trackEvent('three')]);
    await fetch(paused.webhook, { method, headers, body });

    const traced = await runBridgeProcess(['trace', 'one', '--local'], { BRIDGE_DATA: other.path });
    const reconciled = await runBridgeProcess(['reconcile', '--local'], { BRIDGE_DATA: other.path });

    expect(traced.out).toContain('- It may not have a fate yet: 3 messages in the queue, 0 dead letters.\n');
    expect(reconciled.out).toMatch(/ 3 {2}accepted since .*\n +0 {2}of these in the ledger\n[^]* 3 {2}not in the ledger\n +3 {2}waiting in the queue\n/);
    expect([traced.status, reconciled.status]).toEqual([1, 0]);
  }, TEST_MS);
});

describe('a deployed stack', () => {
  let aws: AwsDouble;

  beforeAll(async () => {
    aws = await startAwsDouble();
  });

  afterAll(() => aws.stop());

  /** The local run's queue and bucket stand in for the stack's. */
  function onStack(...words: readonly string[]): Promise<BridgeRun> {
    const { endpoint, accessKeyId } = operatorFile();
    const credentials = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: 'secret' };
    return runBridgeProcess(words, { ...credentials, AWS_ENDPOINT_URL: aws.url, AWS_ENDPOINT_URL_S3: endpoint, AWS_ENDPOINT_URL_SQS: endpoint });
  }

  function outputs(): Readonly<Record<string, string>> {
    const { bucket, queueUrl, deadLettersUrl } = operatorFile();
    return { WebhookUrl: 'https://example.org/segment', LedgerBucketName: bucket, QueueUrl: queueUrl, DeadLetterQueueUrl: deadLettersUrl };
  }

  it('is found through its outputs', async () => {
    aws.outputs = (name) => (name === 'Billing' ? outputs() : undefined);

    const { status, out, err } = await onStack('trace', 'billed', '--stack', 'Billing');

    expect(out).toContain('Now: delivered.');
    expect(err).toMatch(/of the stack Billing: \d/);
    expect(status).toBe(0);
  }, TEST_MS);

  it('is reconciled with the metric of its ingest', async () => {
    const { accepted } = await bridge.state();
    const hour = `${new Date().toISOString().slice(0, 13)}:00:00Z`;
    aws.outputs = () => outputs();
    aws.metric = { [hour]: accepted + 3 };

    const run = await onStack('reconcile', '--day', hour.slice(0, 10), '--json');

    const summary = run.lines().at(-1)?.['summary'];
    expect(summary).toMatchObject({ accepted: accepted + 3, name: 'the stack SegmentMetronomeBridge' });
    // Three more were counted than there are; a run over midnight leaves some to the day before.
    expect(Object(summary)['unexplained']).toBeGreaterThanOrEqual(3);
    expect(run.status).toBe(1);
  }, TEST_MS);

  it('is said to be missing, with the next step', async () => {
    aws.outputs = () => undefined;

    const { status, out, err } = await onStack('trace', 'billed');

    expect(err).toBe('There is no stack SegmentMetronomeBridge in this account and region. Set AWS_REGION and AWS_PROFILE, name it with --stack, or use --local for the bridge of npm start.\n');
    expect({ status, out }).toEqual({ status: 1, out: '' });
  }, TEST_MS);

  it('is said to be something else if it has other outputs', async () => {
    aws.outputs = () => ({ Website: 'https://example.org' });

    expect((await onStack('trace', 'billed')).err).toBe('The stack SegmentMetronomeBridge has no output LedgerBucketName. If a bridge is inside it, call its addOutputs(), and deploy that stack again. If it is being deployed, wait for its end. Else name the bridge\'s stack with --stack.\n');
  }, TEST_MS);

  it('asks for a region and for credentials in words', async () => {
    const nowhere = { AWS_EC2_METADATA_DISABLED: 'true', HOME: folder.path };

    expect((await runBridgeProcess(['trace', 'a'], nowhere)).err).toBe('The stack SegmentMetronomeBridge can\'t be read: no AWS region is set; set AWS_REGION; for the bridge of npm start add --local.\n');
    expect((await runBridgeProcess(['trace', 'a'], { ...nowhere, AWS_REGION: 'us-east-1' })).err).toBe('The stack SegmentMetronomeBridge can\'t be read: no AWS credentials were found; log in (aws sso login), or set AWS_PROFILE; for the bridge of npm start add --local.\n');
  }, TEST_MS);
});

describe('operator.json', () => {
  const other = temporaryFolder();

  afterAll(() => other.remove());

  const trace = (...words: readonly string[]): Promise<BridgeRun> => runBridgeProcess(['trace', 'a', '--local', ...words], { BRIDGE_DATA: other.path });

  it('is the owner\'s alone, and gone when the bridge has stopped', async () => {
    const path = join(other.path, 'sandbox', 'operator.json');
    const started = await startLocalProcess({ BRIDGE_DATA: other.path });
    expect(statSync(path).mode & 0o777).toBe(0o600);

    await started.end('SIGINT');

    expect(existsSync(path)).toBe(false);
    expect(await trace()).toMatchObject({ status: 1, out: '', err: `No local bridge runs on ${other.path}; start one with npm start.\n` });
  }, TEST_MS);

  it('is no longer believed when the bridge was killed', async () => {
    const started = await startLocalProcess({ BRIDGE_DATA: other.path });
    await started.end('SIGKILL');

    expect(existsSync(join(other.path, 'sandbox', 'operator.json'))).toBe(true);
    expect(await trace()).toMatchObject({ status: 1, err: `No local bridge runs on ${other.path}; start one with npm start.\n` });
  }, TEST_MS);

  it('leaves the choice to the operator if two bridges run on the folder', async () => {
    await startLocalProcess({ BRIDGE_DATA: other.path });
    await startLocalProcess({ BRIDGE_DATA: other.path, METRONOME_API_TOKEN: 'token', METRONOME_BASE_URL: 'http://127.0.0.1:9' });

    expect(await trace()).toMatchObject({ status: 2, err: `Two local bridges run on ${other.path}: say which with --target sandbox or --target metronome.\n` });
    expect((await trace('--target', 'metronome')).err).toContain('of the local bridge\n(metronome): 0 objects, 0 bytes to read.');
  }, TEST_MS);
});
