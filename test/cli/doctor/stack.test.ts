import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';

import { ledgerKey } from '../../../lambda/forward/ledger.ts';
import { NOW } from '../io-double.ts';
import { lineOf } from '../ledger/bucket-double.ts';
import { ARNS, SEGMENT_SECRET, startWorld, versionOf } from './world.ts';
import type { World } from './world.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const ALARM = 'Events ended in the dead letter queue. Read the forward log.';
const PUT_TOKEN = /aws secretsmanager put-secret-value \\\n +--secret-id arn:\S+:secret:metronome-AbCdEf \\\n +--secret-string file:\/\/value\.txt\n/;

let world: World;

beforeEach(async () => {
  world = await startWorld();
});

afterEach(async () => {
  await world.stop();
});

function mappingsWith(trigger: string): string {
  const mapping = { transaction_id: { '@path': '$.messageId' }, customer_id: { '@path': '$.userId' }, timestamp: { '@path': '$.timestamp' }, event_type: 'x', properties: {} };
  return JSON.stringify({ mappings: [{ name: 'One', enabled: true, trigger, mapping }] });
}

describe('doctor, of a good stack', () => {
  it('has a green line for each check, and leaves nothing behind', async () => {
    const { status, out } = await world.run();

    expect(out()).toBe(`\
ok    settings          Valid.
ok    mappings          mappings.json: 1 enabled, nothing to complain about.
ok    stack             SegmentMetronomeBridge is deployed (UPDATE_COMPLETE).
ok    Segment secret    Set.
ok    endpoint token    Set.
ok    Metronome         ${world.metronome.url} answers.
ok    Metronome token   ${world.metronome.url} takes it.
ok    running mappings  The same as in the file.
ok    webhook           It takes an empty batch signed with the Segment secret.
ok    batches           It takes an empty batch with the endpoint token.
ok    mismatches        No webhook of the last hour had a wrong credential.
ok    event source      Enabled.
ok    queue             No event waits.
ok    dead letters      None.
ok    quarantine        Nothing open of the last 24 hours.
ok    alarms            None of 2 fires.

16 checks: 16 ok, 0 warnings, 0 failed.
`);
    expect(status).toBe(0);
    expect(world.webhook.stored).toEqual([]);
    expect([...world.webhook.counts]).toEqual([]);
    expect(world.metronome.requests.map(({ method, path, body }) => ({ method, path, body }))).toEqual([{ method: 'POST', path: '/v1/ingest', body: '[]' }]);
  });

  it('sends an event that is filtered only if it is asked to: it counts as accepted', async () => {
    const { status, out } = await world.run({ sendEvent: true });

    expect(out()).toContain('ok    webhook           It takes an event signed with the Segment secret.\n');
    expect(status).toBe(0);
    expect(world.webhook.stored.map((text) => JSON.parse(text) as unknown)).toEqual([expect.objectContaining({ type: 'alias', messageId: expect.stringMatching(/^bridge-doctor-/) })]);
    expect([...world.webhook.counts]).toEqual([['Accepted', 1]]);
  });

  it('signs with the secret that Segment was given, if it is told', async () => {
    const { status, out } = await world.run({}, { SEGMENT_SHARED_SECRET: SEGMENT_SECRET });

    expect(flat(out())).toContain('ok webhook It takes an empty batch signed with SEGMENT_SHARED_SECRET.');
    expect(status).toBe(0);
  });

  it('says it to machines, an object a line', async () => {
    world.account.sourceState = 'Disabled';
    const { outLines } = await world.run({ json: true });

    expect(outLines()).toHaveLength(16);
    expect(outLines()[0]).toEqual({ check: 'settings', status: 'ok', message: 'Valid.' });
    expect(outLines()[11]).toEqual({ check: 'event source', status: 'fail', message: expect.stringContaining('off'), next: expect.stringContaining('npx cdk deploy') });
  });

  it.each([
    ['on a terminal', {}, true, ['\u001b[32mok    \u001b[39m', '\u001b[33mwarn  \u001b[39m', '\u001b[31mFAIL  \u001b[39m']],
    ['in a pipe', {}, false, ['ok    ', 'warn  ', 'FAIL  ']],
    ['with NO_COLOR', { NO_COLOR: '1' }, true, ['ok    ', 'warn  ', 'FAIL  ']],
  ])('has colours only where they are wanted: %s', async (_, environment, isTerminal, words) => {
    world.account.sourceState = 'Disabled';
    world.account.denied = ['DescribeAlarmsCommand'];
    const { out } = await world.run({}, environment, isTerminal);

    const lines = out().split('\n');
    expect(lines.some((line) => line.startsWith(`${words[0]}settings`))).toBe(true);
    expect(lines.some((line) => line.startsWith(`${words[1]}alarms`))).toBe(true);
    expect(lines.some((line) => line.startsWith(`${words[2]}event source`))).toBe(true);
  });
});

interface Case {
  readonly name: string;
  readonly wrong: (to: World) => void;
  readonly environment?: NodeJS.ProcessEnv;
  /** What isn't green, by check. */
  readonly found: Readonly<Record<string, readonly ['warn' | 'FAIL', RegExp]>>;
}

const TOKEN_UNKNOWN = ['warn', /^Unknown, as Metronome says nothing of it\. See Metronome, above\./] as const;
const GONE = ['FAIL', /^There is no secret arn:\S+:secret:segment-AbCdEf, which shall hold the shared secret of Segment\. Make one, name its ARN in the setting "segmentSecretArn", and deploy\./] as const;

const CASES: readonly Case[] = [
  {
    name: 'a Metronome token that was never set',
    wrong: ({ account }) => (account.secrets[ARNS.metronomeToken] = undefined),
    found: { 'Metronome token': ['FAIL', /never set.*put-secret-value/] },
  },
  {
    name: 'an empty Metronome token',
    wrong: ({ account }) => (account.secrets[ARNS.metronomeToken] = '\n'),
    found: { 'Metronome token': ['FAIL', /empty/] },
  },
  {
    name: 'a wrong Metronome token',
    wrong: ({ account }) => (account.secrets[ARNS.metronomeToken] = 'planted-wrong-token'),
    found: { 'Metronome token': ['FAIL', /Wrong token: \S+ refuses it with 403.*put-secret-value/] },
  },
  {
    name: 'a Metronome token with a space in it',
    wrong: ({ account }) => (account.secrets[ARNS.metronomeToken] = 'planted token'),
    found: { 'Metronome token': ['FAIL', /no header can carry/] },
  },
  {
    name: 'a Metronome token refused with 401',
    wrong: (to) => (to.metronomeAnswers = { kind: 'answer', status: 401 }),
    found: { 'Metronome token': ['FAIL', /Wrong token/] },
  },
  ...[500, 503, 408].map((status) => ({
    name: `Metronome down, with ${status}`,
    wrong: (to: World): unknown => (to.metronomeAnswers = { kind: 'answer', status }),
    found: { Metronome: ['FAIL', new RegExp(`is down: it answers ${status}\\. Try again.*Events wait`)], 'Metronome token': TOKEN_UNKNOWN },
  }) satisfies Case),
  {
    name: 'Metronome too busy',
    wrong: (to) => (to.metronomeAnswers = { kind: 'answer', status: 429 }),
    found: { Metronome: ['warn', /too busy right now \(429\)\. Try again/], 'Metronome token': TOKEN_UNKNOWN },
  },
  {
    name: 'Metronome down, without an answer',
    wrong: (to) => (to.metronomeAnswers = { kind: 'cut', stores: false }),
    found: { Metronome: ['FAIL', /can't be reached from this machine \(ECONNRESET\)\. Try again/], 'Metronome token': TOKEN_UNKNOWN },
  },
  {
    name: 'Metronome elsewhere',
    wrong: (to) => (to.metronomeAnswers = { kind: 'answer', status: 404 }),
    found: { Metronome: ['FAIL', /answers 404, as Metronome never does\. .*"metronomeBaseUrl"/], 'Metronome token': TOKEN_UNKNOWN },
  },
  {
    name: 'a Metronome of no such name',
    wrong: ({ account }) => (account.variables['METRONOME_BASE_URL'] = 'https://metronome.invalid'),
    found: { Metronome: ['FAIL', /^https:\/\/metronome\.invalid can't be reached from this machine \((?:ENOTFOUND|EAI_AGAIN)\)\. Is the setting "metronomeBaseUrl" right\?/], 'Metronome token': TOKEN_UNKNOWN },
  },
  {
    name: 'a Metronome that speaks no TLS',
    wrong: ({ account, metronome }) => (account.variables['METRONOME_BASE_URL'] = metronome.url.replace('http:', 'https:')),
    found: { Metronome: ['FAIL', /can't be reached from this machine \(E[A-Z_]+\)\. Is the setting "metronomeBaseUrl" right\?/], 'Metronome token': TOKEN_UNKNOWN },
  },
  {
    name: 'a secret that somebody deleted, which AWS still keeps',
    wrong: ({ account }) => (account.deletedSecrets[ARNS.metronomeToken] = 'kept'),
    found: { 'Metronome token': ['FAIL', /^The secret that holds Metronome's API token was deleted.*Take it back: aws secretsmanager restore-secret \\ --secret-id arn:\S+:secret:metronome-AbCdEf$/] },
  },
  {
    name: 'a secret that is gone',
    wrong: ({ account }) => (account.deletedSecrets[ARNS.segment] = 'forgotten'),
    found: { 'Segment secret': GONE, webhook: GONE },
  },
  {
    name: 'a Segment secret that the webhook does not have',
    wrong: ({ webhook }) => (webhook.secrets.segment = 'another'),
    found: { webhook: ['FAIL', /refuses the Segment secret that is stored/] },
  },
  {
    name: 'a Segment secret given to Segment that the bridge does not have',
    wrong: () => undefined,
    environment: { SEGMENT_SHARED_SECRET: 'planted-another-secret' },
    found: { webhook: ['FAIL', /SEGMENT_SHARED_SECRET is another secret than the bridge has.*put-secret-value/] },
  },
  {
    name: 'Segment signing with another secret',
    wrong: ({ account }) => (account.metrics['CredentialMismatch'] = [{ Timestamp: new Date(NOW - 5 * 60_000), Sum: 3 }, { Timestamp: new Date(NOW - 15 * 60_000), Sum: 4 }, { Timestamp: new Date(NOW), Sum: 0 }]),
    found: { mismatches: ['FAIL', /7 webhooks of the last hour had a wrong signature or token, the latest about 2026-11-22 11:55Z: Segment has another secret than the bridge, or a stranger tried\. If Segment's events go on arriving .* it was a stranger, and there is nothing to do\./] },
  },
  {
    name: 'a Segment secret that was never set',
    wrong: ({ account }) => (account.secrets[ARNS.segment] = undefined),
    found: { 'Segment secret': ['FAIL', /never set/], webhook: ['FAIL', /Nothing to sign with/] },
  },
  {
    name: 'a short endpoint token with a line break too many',
    wrong: ({ account }) => (account.secrets[ARNS.endpointToken] = 'planted\n\n'),
    found: { 'endpoint token': ['warn', /spaces or line breaks/], batches: ['FAIL', /no header can carry/] },
  },
  {
    name: 'a short endpoint token',
    wrong: ({ account, webhook }) => {
      account.secrets[ARNS.endpointToken] = 'planted';
      webhook.secrets.endpointToken = 'planted';
    },
    found: { 'endpoint token': ['warn', /under 16 characters/] },
  },
  {
    name: 'an endpoint token that the webhook does not have',
    wrong: ({ webhook }) => (webhook.secrets.endpointToken = 'another'),
    found: { batches: ['FAIL', /refuses the endpoint token that is stored/] },
  },
  ...[
    { status: 404, word: 'FAIL' as const, says: /no bridge is there.*WebhookUrl/ },
    { status: 403, word: 'FAIL' as const, says: /no bridge is there/ },
    { status: 302, word: 'FAIL' as const, says: /no bridge is there/ },
    { status: 500, word: 'FAIL' as const, says: /ingest function's log/ },
    { status: 429, word: 'warn' as const, says: /too busy.*throttleRate/ },
  ].map(({ status, word, says }) => ({ name: `a webhook that answers ${status}`, wrong: ({ webhook }: World): unknown => (webhook.always = status), found: { webhook: [word, says], batches: [word, says] } }) satisfies Case),
  {
    name: 'a webhook out of reach',
    wrong: ({ account }) => (account.outputs['WebhookUrl'] = 'http://127.0.0.1:2/segment'),
    found: { webhook: ['FAIL', /can't be reached \(ECONNREFUSED\)/], batches: ['FAIL', /can't be reached/] },
  },
  {
    name: 'a deployment of other mappings',
    wrong: ({ account }) => (account.variables['MAPPINGS_VERSION'] = 'old'),
    found: { 'running mappings': ['warn', /differ from the file.*BRIDGE_MAPPINGS.*npx cdk deploy$/] },
  },
  {
    name: 'a queue with dead letters',
    wrong: ({ account }) => (account.deadLetters = [{ sentAt: NOW - 2 * DAY_MS }, { sentAt: NOW - 11 * DAY_MS }]),
    found: { 'dead letters': ['FAIL', /2 events not billed; SQS deletes the first of them in 3\.0 days\. npm run bridge -- deadletters list/] },
  },
  {
    name: 'old events in the queue',
    wrong: ({ account }) => {
      account.waiting = 1_200;
      account.metrics['ApproximateAgeOfOldestMessage'] = [{ Timestamp: new Date(NOW), Maximum: 3_600 }, { Timestamp: new Date(NOW - 60_000), Maximum: 60 }];
    },
    found: { queue: ['warn', /1,200 events waiting, the oldest for 1\.0 h\. .*forward function's log/] },
  },
  {
    name: 'events that come back again and again, so that SQS no longer tells their age',
    wrong: ({ account }) => {
      account.waiting = 1;
      account.metrics['ApproximateAgeOfOldestMessage'] = [{ Timestamp: new Date(NOW), Maximum: 20 }];
      account.metrics['OldestReturnedAge'] = [{ Timestamp: new Date(NOW - 60_000), Maximum: 1_200 }];
    },
    found: { queue: ['warn', /1 event waiting, the oldest for 20 min\./] },
  },
  {
    name: 'a bridge that somebody switched off',
    wrong: ({ account }) => (account.sourceState = 'Disabled'),
    found: { 'event source': ['FAIL', /off, and the settings don't say paused.*npx cdk deploy.*update-event-source-mapping --enabled .* --uuid 1-2-3/] },
  },
  {
    name: 'a paused bridge',
    wrong: (to) => {
      to.account.sourceState = 'Disabled';
      to.writeSettings({ paused: true });
    },
    found: { 'event source': ['warn', /Paused, as the settings say/] },
  },
  {
    name: 'no event source at all',
    wrong: ({ account }) => (account.sourceState = undefined),
    found: { 'running mappings': ['warn', /differ/], 'event source': ['FAIL', /none/] },
  },
  {
    name: 'events in quarantine, of which some were replayed',
    wrong: ({ bucket }) => {
      const quarantined = (reason: 'missing_field' | 'not_json', id: string): string => lineOf(NOW - HOUR_MS, { fate: { kind: 'quarantined', reason, detail: 'x' } }, { sqsMessageId: id });
      bucket.write('quarantine', NOW - HOUR_MS, [quarantined('missing_field', 'a'), quarantined('missing_field', 'b'), quarantined('not_json', 'c')]);
      bucket.write('quarantine', NOW - HOUR_MS / 2, [lineOf(NOW - HOUR_MS / 2, { fate: { kind: 'quarantined', reason: 'not_json', detail: 'x' } }, { sqsMessageId: 'c again', replay: { of: 'c', delivered: [] } })]);
      bucket.put(ledgerKey('replays', NOW - HOUR_MS / 2, 'r'), gzipSync(['a', 'c'].map((root) => `${JSON.stringify({ v: 1, root, sqsMessageId: `${root} again`, at: new Date(NOW - HOUR_MS / 2).toISOString(), command: 'x' })}\n`).join('')));
      bucket.write('quarantine', NOW - 2 * DAY_MS, [quarantined('not_json', 'old')]);
    },
    found: { quarantine: ['warn', /2 events of the last 24 hours not billed: 1 missing_field, 1 not_json\. npm run bridge -- quarantine list/] },
  },
  {
    name: 'a part of the quarantine that can not be read',
    wrong: ({ bucket }) => bucket.put(ledgerKey('quarantine', NOW - HOUR_MS, 'x'), Buffer.from('no gzip')),
    found: { quarantine: ['warn', /Not all of the last 24 hours can be read here\. npm run bridge -- quarantine list/] },
  },
  {
    name: 'a firing alarm',
    wrong: ({ account }) => (account.firing = [{ AlarmName: 'DeadLetters', AlarmDescription: ALARM }, { AlarmName: "somebody else's", AlarmDescription: 'x' }]),
    found: { alarms: ['FAIL', /1 alarm of 2 firing\. Events ended in the dead letter queue\./] },
  },
  {
    name: 'mappings with errors',
    wrong: (to) => to.writeMappings('{"mappings": [{}]}'),
    found: { mappings: ['FAIL', /mappings\.json has \d+ errors? and 0 warnings\. npm run bridge -- lint/], 'running mappings': ['FAIL', /can't be used/] },
  },
  {
    name: 'settings that lose filtered events',
    wrong: (to) => to.writeSettings({ archiveDays: 0 }),
    found: { settings: ['warn', /archiveDays is 0/] },
  },
  {
    name: 'settings no stack can have',
    wrong: (to) => to.writeSettings({ maxReceiveCount: 2 }),
    found: { settings: ['FAIL', /maxReceiveCount/] },
  },
  {
    name: 'a stack that is being rolled back',
    wrong: ({ account }) => (account.status = 'UPDATE_ROLLBACK_FAILED'),
    found: { stack: ['warn', /UPDATE_ROLLBACK_FAILED.*describe-stack-events/] },
  },
];

describe('doctor, of a stack with', () => {
  it.each(CASES)('$name', async ({ wrong, environment, found }) => {
    wrong(world);
    const { status, out } = await world.run({}, environment);

    expect(notOk(out())).toEqual(Object.fromEntries(Object.entries(found).map(([check, [word, says]]) => [check, [word, expect.stringMatching(says)]])));
    expect(status).toBe(Object.values(found).some(([word]) => word === 'FAIL') ? 1 : 0);
    expect(out().split('\n').filter((line) => line.length > 80 && !line.includes('arn:'))).toEqual([]);
    expect(out()).not.toContain('planted');
  });

  it('prints the command that sets the token so that it can be copied', async () => {
    world.account.secrets[ARNS.metronomeToken] = undefined;

    expect((await world.run()).out()).toMatch(PUT_TOKEN);
  });

  it.each([
    ['GetSecretValueCommand', ['Segment secret', 'endpoint token', 'Metronome token', 'webhook', 'batches'], /lack the permission secretsmanager:GetSecretValue/],
    ['GetFunctionConfigurationCommand', ['running mappings'], /lambda:GetFunctionConfiguration/],
    ['ListEventSourceMappingsCommand', ['running mappings', 'event source'], /lambda:ListEventSourceMappings/],
    ['GetMetricStatisticsCommand', ['mismatches', 'queue'], /cloudwatch:GetMetricStatistics/],
    ['ListStackResourcesCommand', ['alarms'], /cloudformation:ListStackResources/],
    ['DescribeAlarmsCommand', ['alarms'], /cloudwatch:DescribeAlarms/],
  ])('credentials that may not %s: says which permission is missing, and checks the rest', async (command, checks, says) => {
    world.account.denied = [command];
    const { status, out } = await world.run();

    expect(notOk(out())).toEqual(Object.fromEntries(checks.map((check) => [check, ['warn', expect.stringMatching(says)]])));
    expect(status).toBe(0);
  });

  it.each<[string, (to: World) => void, RegExp]>([
    ['a deployment of other mappings', ({ account }) => (account.variables['MAPPINGS_VERSION'] = 'old'), /other mappings run than the file's, so it might be billed\. Deploy first: npx cdk deploy$/],
    ['mappings with errors', (to) => to.writeMappings('{"mappings": [{}]}'), /the mappings file can't be used/],
    ['credentials that do not tell which run', ({ account }) => (account.denied = ['GetFunctionConfigurationCommand']), /which mappings run is unknown.*lambda:GetFunctionConfiguration/],
    ['mappings that take everything', (to) => run(to, mappingsWith('type != "nothing"')), /every type of event is taken by a mapping, so it might be billed\./],
  ])('%s: sends no event, even if asked to', async (_, wrong, says) => {
    wrong(world);
    const { out } = await world.run({ sendEvent: true });

    expect(notOk(out())['webhook']).toEqual(['warn', expect.stringMatching(says)]);
    expect(notOk(out())['webhook']?.[1]).toMatch(/^No event was sent: /);
    expect(world.webhook.stored).toEqual([]);
  });

  it('some outputs missing', async () => {
    delete world.account.outputs['WebhookUrl'];
    const { status, out } = await world.run();

    expect(notOk(out())).toEqual({ stack: ['FAIL', 'The stack SegmentMetronomeBridge lacks outputs of its bridge: WebhookUrl. Deploy it again: npx cdk deploy'] });
    expect(status).toBe(1);
  });
});

describe('doctor, of a bridge inside a stack of another project', () => {
  const EMBEDDED = { stack: 'Billing', prefix: 'Usage' };

  beforeEach(() => {
    world.account.outputs = Object.fromEntries(Object.entries(world.account.outputs).map(([name, value]) => [`Usage${name}`, value]));
  });

  it('finds it by the prefix of its outputs', async () => {
    const { status, out } = await world.run(EMBEDDED);

    expect(notOk(out())).toEqual({});
    expect(status).toBe(0);
  });

  it('never says to deploy this project, and names the bridge in commands', async () => {
    Object.assign(world.account, { sourceState: 'Disabled', alarmNames: [], deadLetters: [{ sentAt: NOW }] });
    world.account.variables['MAPPINGS_VERSION'] = 'old';
    const { out } = await world.run({ ...EMBEDDED, sendEvent: true });
    const found = notOk(out());

    expect(Object.keys(found)).toEqual(['running mappings', 'webhook', 'event source', 'dead letters', 'alarms']);
    expect(flat(out()).replaceAll('npx cdk deploy Billing, in the project it comes from', '')).not.toContain('npx cdk deploy');
    expect(found['dead letters']?.[1]).toContain('deadletters list --stack Billing --prefix Usage');
  });

  it('names what is missing under that prefix', async () => {
    delete world.account.outputs['UsageWebhookUrl'];

    expect(notOk((await world.run(EMBEDDED)).out())).toEqual({ stack: ['FAIL', 'The stack Billing lacks outputs of its bridge: UsageWebhookUrl. Deploy it again: npx cdk deploy Billing, in the project it comes from'] });
  });
});

function run(to: World, mappings: string): void {
  to.writeMappings(mappings);
  to.account.variables['MAPPINGS_VERSION'] = versionOf(mappings);
}

const flat = (out: string): string => out.replaceAll(/\s+/g, ' ');

/** What isn't green: by check its word, and message and next step on one line. */
function notOk(out: string): Record<string, readonly [string, string]> {
  const [body = ''] = out.split('\n\n');
  const results = body.split(/\n(?=ok |warn |FAIL )/).map((text) => [text.slice(6, 24).trim(), [text.slice(0, 6).trim(), text.slice(24).replaceAll(/\s+/g, ' ')]] as const);
  return Object.fromEntries(results.filter(([, [word]]) => word !== 'ok'));
}
