import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ConfigError, LOCAL_DEFAULTS, loadSettings, settingsFromContext, settingsFromEnvironment, settingsWarnings } from '../../lib/config.ts';
import { SETTING_KEYS } from '../../lib/settings-schema.ts';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:metronome/token-AbC123';
const CERTIFICATE_ARN = 'arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';

const DEFAULT_SETTINGS = {
  stackName: 'SegmentMetronomeBridge',
  mappings: 'mappings.json',
  metronomeBaseUrl: 'https://api.metronome.com',
  metronomeTokenSecretArn: undefined,
  segmentSecretArn: undefined,
  endpointTokenSecretArn: undefined,
  domainName: undefined,
  certificateArn: undefined,
  alarmEmail: undefined,
  archiveDays: 35,
  quarantineDays: 90,
  batchSize: 1000,
  batchWindowSeconds: 20,
  maxConcurrency: 5,
  metronomeEventsPerSecond: 4750,
  forwardTimeoutSeconds: 60,
  visibilityTimeoutSeconds: 360,
  retryDelaysMinutes: [6, 12, 24, 48, 60],
  maxReceiveCount: 300,
  previousSecretHours: 72,
  paused: false,
  nothingBilledAlarmHours: 2,
  silenceAlarmHours: 24,
  throttleRate: 1000,
  throttleBurst: 2000,
  ephemeral: false,
};

function load(overrides: Readonly<Record<string, string>>, file?: unknown) {
  return loadSettings({ fileText: file === undefined ? undefined : JSON.stringify(file), overrides, overrideSource: (key) => `-c ${key}` });
}

function problemsOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadSettings', () => {
  it('knows a default for every setting', () => {
    const settings = load({});

    expect(settings).toEqual(DEFAULT_SETTINGS);
    expect(Object.keys(DEFAULT_SETTINGS)).toEqual(SETTING_KEYS);
  });

  it('lets the file win over the defaults, and an override over the file', () => {
    const settings = load({ archiveDays: '7' }, { archiveDays: 14, quarantineDays: 30 });

    expect(settings).toEqual({ ...DEFAULT_SETTINGS, archiveDays: 7, quarantineDays: 30 });
  });

  it('lets the file win over defaults of the place it is used in', () => {
    const sources = { overrides: {}, overrideSource: String, defaults: LOCAL_DEFAULTS };

    expect(loadSettings(sources).batchWindowSeconds).toBe(1);
    expect(loadSettings({ ...sources, fileText: '{"batchWindowSeconds": 9}' }).batchWindowSeconds).toBe(9);
  });

  it.each([
    ['archiveDays', '0', 0],
    ['archiveDays', ' 12 ', 12],
    ['retryDelaysMinutes', '0.2,0.5', [0.2, 0.5]],
    ['retryDelaysMinutes', '1, 540', [1, 540]],
    ['paused', 'true', true],
    ['ephemeral', 'false', false],
    ['batchWindowSeconds', '0.25', 0.25],
    ['previousSecretHours', '0', 0],
    ['nothingBilledAlarmHours', '0', 0],
    ['silenceAlarmHours', '0', 0],
    ['visibilityTimeoutSeconds', '60', 60],
    ['forwardTimeoutSeconds', '10', 10],
    ['maxConcurrency', '1000', 1000],
    ['stackName', 'Bridge-2', 'Bridge-2'],
    ['metronomeBaseUrl', 'https://metronome.example:8443', 'https://metronome.example:8443'],
    ['metronomeBaseUrl', 'https://api.metronome.com/', 'https://api.metronome.com'],
    ['metronomeBaseUrl', 'http://localhost:4701', 'http://localhost:4701'],
    ['metronomeBaseUrl', 'http://127.9.8.7', 'http://127.9.8.7'],
    ['metronomeBaseUrl', 'http://[::1]:4701', 'http://[::1]:4701'],
    ['metronomeTokenSecretArn', SECRET_ARN, SECRET_ARN],
    ['segmentSecretArn', 'arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:a', 'arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:a'],
    ['alarmEmail', 'on-call@example.com', 'on-call@example.com'],
  ] as const)('reads %s from the text %j', (key, text, expected) => {
    expect(load({ [key]: text })[key]).toEqual(expected);
  });

  it('unsets an optional setting with an empty text', () => {
    expect(load({ alarmEmail: '' }, { alarmEmail: 'on-call@example.com' }).alarmEmail).toBeUndefined();
  });

  it('hides a message for six times the time the function has', () => {
    expect(load({ forwardTimeoutSeconds: '900' }).visibilityTimeoutSeconds).toBe(5400);
  });

  it.each([
    ['stackName', '9lives', 'a CloudFormation stack name: a letter, then letters, digits and hyphens, at most 128 in all'],
    ['stackName', 'a'.repeat(129), 'a CloudFormation stack name: a letter, then letters, digits and hyphens, at most 128 in all'],
    ['mappings', '', 'the path of the mappings file'],
    ['metronomeTokenSecretArn', 'my-token', 'the ARN of a Secrets Manager secret'],
    ['segmentSecretArn', CERTIFICATE_ARN, 'the ARN of a Secrets Manager secret'],
    ['endpointTokenSecretArn', 'arn:aws:secretsmanager:eu-central-1:1:secret:a', 'the ARN of a Secrets Manager secret'],
    ['domainName', 'https://bridge.example.com', 'a domain name in lower case, like bridge.example.com'],
    ['domainName', 'Bridge.example.com', 'a domain name in lower case, like bridge.example.com'],
    ['certificateArn', SECRET_ARN, 'the ARN of an ACM certificate'],
    ['alarmEmail', 'nobody', 'an e-mail address'],
  ])('refuses %s %j', (key, text, expected) => {
    expect(problemsOf(() => load({ [key]: text }))).toContainEqual(`-c ${key} is ${JSON.stringify(text)}; expected ${expected}`);
  });

  it.each([
    ['archiveDays', '-1', 'a whole number of days, or 0 for no archive'],
    ['archiveDays', '1.5', 'a whole number of days, or 0 for no archive'],
    ['quarantineDays', '0', 'a whole number of days, 1 or more'],
    ['batchSize', '0', 'a whole number of events from 1 to 10000'],
    ['batchSize', '10001', 'a whole number of events from 1 to 10000'],
    ['batchWindowSeconds', '-1', 'a number of seconds from 0 to 300'],
    ['batchWindowSeconds', '301', 'a number of seconds from 0 to 300'],
    ['maxConcurrency', '1', 'a whole number from 2 to 1000'],
    ['maxConcurrency', '1001', 'a whole number from 2 to 1000'],
    ['metronomeEventsPerSecond', '0', 'a number of events a second over 0'],
    ['forwardTimeoutSeconds', '9', 'a whole number of seconds from 10 to 900'],
    ['forwardTimeoutSeconds', '901', 'a whole number of seconds from 10 to 900'],
    ['visibilityTimeoutSeconds', '43201', 'a whole number of seconds from 1 to 43200'],
    ['retryDelaysMinutes', '[0]', 'one or more delays in minutes, each over 0 and at most 540'],
    ['retryDelaysMinutes', '[6,541]', 'one or more delays in minutes, each over 0 and at most 540'],
    ['retryDelaysMinutes', '[]', 'one or more delays in minutes, each over 0 and at most 540'],
    ['maxReceiveCount', '0', 'a whole number from 1 to 1000'],
    ['maxReceiveCount', '1001', 'a whole number from 1 to 1000'],
    ['previousSecretHours', '-1', 'a number of hours, or 0 to refuse a secret as soon as it is replaced'],
    ['nothingBilledAlarmHours', '25', 'a whole number of hours from 1 to 24, or 0 for no alarm'],
    ['silenceAlarmHours', '25', 'a whole number of hours from 1 to 24, or 0 for no alarm'],
    ['throttleRate', '0', 'a whole number of requests a second, 1 or more'],
    ['throttleBurst', '0', 'a whole number of requests, 1 or more'],
    ['paused', '1', 'true or false'],
    ['ephemeral', '"yes"', 'true or false'],
    ['archiveDays', '"35"', 'a whole number of days, or 0 for no archive'],
    ['archiveDays', 'null', 'a whole number of days, or 0 for no archive'],
  ])('refuses %s %s in the file', (key, json, expected) => {
    const problems = problemsOf(() => load({}, { [key]: JSON.parse(json) }));

    expect(problems).toEqual([`${key} in bridge.config.json is ${json}; expected ${expected}`]);
  });

  it.each([
    ['archiveDays', ''],
    ['archiveDays', '0x10'],
    ['archiveDays', '1e3'],
    ['archiveDays', 'Infinity'],
    ['paused', 'yes'],
    ['paused', ''],
    ['retryDelaysMinutes', '6,,12'],
    ['retryDelaysMinutes', ''],
  ])('refuses the text of %s %j instead of guessing', (key, text) => {
    expect(problemsOf(() => load({ [key]: text }))).toHaveLength(1);
  });

  it.each([
    'http://api.metronome.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://128.0.0.1',
    'https://api.metronome.com/v1',
    'https://api.metronome.com?x=1',
    'https://api.metronome.com/#x',
    'https://user:word@api.metronome.com',
    'ftp://api.metronome.com',
    'file:///etc/hosts',
    'api.metronome.com',
    '',
  ])('refuses to send to %j', (url) => {
    const origin = 'an https origin without path, query and credentials, like https://api.metronome.com (http only for localhost, 127.0.0.0/8 and [::1])';

    expect(problemsOf(() => load({ metronomeBaseUrl: url }))).toEqual([`-c metronomeBaseUrl is ${JSON.stringify(url)}; expected ${origin}`]);
  });

  it.each([
    [{ visibilityTimeoutSeconds: '59' }, '-c visibilityTimeoutSeconds is 59; expected at least forwardTimeoutSeconds (60), else events come back while they are being sent'],
    [
      { metronomeEventsPerSecond: '9', maxConcurrency: '10' },
      '-c metronomeEventsPerSecond is 9; expected at least maxConcurrency (10), one event a second for each function that sends',
    ],
    [{ metronomeEventsPerSecond: '4' }, '-c metronomeEventsPerSecond is 4; expected at least maxConcurrency (5), one event a second for each function that sends'],
    [{ domainName: 'bridge.example.com' }, '-c domainName is "bridge.example.com", but certificateArn is not set; expected both or neither'],
    [{ certificateArn: CERTIFICATE_ARN }, `-c certificateArn is "${CERTIFICATE_ARN}", but domainName is not set; expected both or neither`],
  ])('refuses what does not go together: %j', (overrides, problem) => {
    expect(problemsOf(() => load(overrides))).toEqual([problem]);
  });

  it('takes a domain together with its certificate', () => {
    expect(load({ domainName: 'bridge.example.com', certificateArn: CERTIFICATE_ARN })).toMatchObject({ domainName: 'bridge.example.com', certificateArn: CERTIFICATE_ARN });
  });

  it('reports every problem of every source at once', () => {
    const problems = problemsOf(() => load({ arhiveDays: '3', batchSize: 'many', domainName: 'bridge.example.com' }, { quarantineDay: 1, archiveDays: -1 }));

    expect(problems).toEqual([
      'unknown setting "quarantineDay" in bridge.config.json; did you mean "quarantineDays"?',
      'unknown setting -c arhiveDays; did you mean -c archiveDays?',
      'archiveDays in bridge.config.json is -1; expected a whole number of days, or 0 for no archive',
      '-c batchSize is "many"; expected a whole number of events from 1 to 10000',
      '-c domainName is "bridge.example.com", but certificateArn is not set; expected both or neither',
    ]);
  });

  it('says nothing about a rule of which one side is wrong itself', () => {
    expect(problemsOf(() => load({ forwardTimeoutSeconds: '901', visibilityTimeoutSeconds: '20' }))).toHaveLength(1);
  });

  it('names the file in use', () => {
    const problems = problemsOf(() => loadSettings({ fileText: '{"arhiveDays": 1}', fileName: 'other.json', overrides: {}, overrideSource: String }));

    expect(problems).toEqual(['unknown setting "arhiveDays" in other.json; did you mean "archiveDays"?']);
  });

  it('lists the settings when none is close to an unknown one', () => {
    expect(problemsOf(() => load({}, { zzz: 1 }))[0]).toMatch(/^unknown setting "zzz" in bridge.config.json; known are "stackName", "mappings", .*, "ephemeral"$/);
  });

  it.each(['__proto__', 'constructor', 'toString'])('does not take %s for a setting', (key) => {
    const fileText = `{${JSON.stringify(key)}: 1}`;

    expect(problemsOf(() => loadSettings({ fileText, overrides: {}, overrideSource: String }))).toHaveLength(1);
  });

  it.each([
    ['{', 'bridge.config.json is not JSON: '],
    ['[]', 'bridge.config.json holds []; expected an object of settings'],
    ['null', 'bridge.config.json holds null; expected an object of settings'],
  ])('refuses the file %j', (fileText, problem) => {
    expect(problemsOf(() => loadSettings({ fileText, overrides: {}, overrideSource: String }))[0]).toContain(problem);
  });
});

describe('ConfigError', () => {
  it('reads as lines', () => {
    expect(() => load({ archiveDays: 'x', paused: 'x' })).toThrow(
      new ConfigError(['-c archiveDays is "x"; expected a whole number of days, or 0 for no archive', '-c paused is "x"; expected true or false']),
    );
    expect(new ConfigError(['one', 'two'])).toMatchObject({ name: 'ConfigError', message: 'one\ntwo', problems: ['one', 'two'] });
  });
});

describe('settingsWarnings', () => {
  it('has none for the defaults', () => {
    expect(settingsWarnings(load({}))).toEqual([]);
  });

  it.each([
    [{ archiveDays: '0' }, 'archiveDays is 0: there is no archive, so filtered events are gone for good and delivered ones can not be looked up'],
    [{ visibilityTimeoutSeconds: '359' }, 'visibilityTimeoutSeconds is 359: AWS advises six times forwardTimeoutSeconds (360), else events can be sent twice under load'],
  ])('warns of %j', (overrides, warning) => {
    expect(settingsWarnings(load(overrides))).toEqual([warning]);
  });
});

describe('in a folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bridge-config-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const fromContext = (context: Readonly<Record<string, unknown>>) => settingsFromContext({ getAllContext: () => context }, folder);
  const fromEnvironment = (environment: NodeJS.ProcessEnv) => settingsFromEnvironment(environment, folder);

  it.each([
    ['context', () => fromContext({})],
    ['environment', () => fromEnvironment({})],
  ])('refuses a settings file that can\'t be read, from %s', (_, read) => {
    mkdirSync(join(folder, 'bridge.config.json'));

    expect(problemsOf(read)).toEqual([expect.stringMatching(/bridge\.config\.json can't be read \(EISDIR\); make it a file that you may read, or move it away$/)]);
  });

  describe('settingsFromContext', () => {
    it('needs neither file nor context', () => {
      expect(fromContext({})).toEqual(DEFAULT_SETTINGS);
    });

    it('reads the file, and context over it', () => {
      writeFileSync(join(folder, 'bridge.config.json'), '{"archiveDays": 14, "quarantineDays": 30}');

      expect(fromContext({ archiveDays: '7' })).toEqual({ ...DEFAULT_SETTINGS, archiveDays: 7, quarantineDays: 30 });
    });

    it('takes context that a file holds in its own type', () => {
      const settings = fromContext({ archiveDays: 7, paused: true, retryDelaysMinutes: [60, 90] });

      expect(settings).toMatchObject({ archiveDays: 7, paused: true, retryDelaysMinutes: [60, 90] });
    });

    it('leaves the context of others alone', () => {
      const context = { '@aws-cdk/core:enableStackNameDuplicates': true, 'aws:cdk:bundling-stacks': [], 'availability-zones:account=1:region=eu': ['a'], environment: 'prod' };

      expect(fromContext(context)).toEqual(DEFAULT_SETTINGS);
    });

    it.each([
      ['arhiveDays', 'archiveDays'],
      ['archive-days', 'archiveDays'],
      ['pause', 'paused'],
      ['stackname', 'stackName'],
    ])('refuses the misspelt %s', (key, meant) => {
      expect(problemsOf(() => fromContext({ [key]: '1' }))).toEqual([`unknown setting -c ${key}; did you mean -c ${meant}?`]);
    });

    it.each([
      [
        { maxReceiveCount: '5' },
        '-c maxReceiveCount is 5: events would go to the dead letters after 0.0 hours of outage; expected at least 72, so raise retryDelaysMinutes or maxReceiveCount (or set ephemeral for a trial)',
      ],
      [{ retryDelaysMinutes: '1' }, 'maxReceiveCount (by default) is 300: events would go to the dead letters after 4.7 hours of outage; expected at least 72'],
      [{ batchWindowSeconds: '0' }, '-c batchWindowSeconds is 0; expected at least 1, which Lambda demands for a batchSize over 10 (it is 1000)'],
      [{ batchWindowSeconds: '2.5' }, '-c batchWindowSeconds is 2.5; expected a whole number of seconds on AWS'],
    ])('refuses what can not be deployed: %j', (context, problem) => {
      const problems = problemsOf(() => fromContext(context));

      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(problem);
    });

    it('names both settings that decide how long an outage may last', () => {
      expect(problemsOf(() => fromContext({ retryDelaysMinutes: '1', maxReceiveCount: '10' }))[0]).toMatch(/^-c retryDelaysMinutes is \[1\] and -c maxReceiveCount is 10: /);
    });

    it.each([{ ephemeral: 'true', retryDelaysMinutes: '0.2,0.5', maxReceiveCount: '3' }, { batchSize: '10', batchWindowSeconds: '0' }, { retryDelaysMinutes: '60', maxReceiveCount: '92' }])(
      'takes %j',
      (context) => {
        expect(problemsOf(() => fromContext(context))).toEqual([]);
      },
    );
  });

  describe('settingsFromEnvironment', () => {
    it('has defaults of its own', () => {
      expect(fromEnvironment({})).toEqual({ ...DEFAULT_SETTINGS, batchWindowSeconds: 1 });
    });

    it('reads the file, and variables over it', () => {
      writeFileSync(join(folder, 'bridge.config.json'), '{"archiveDays": 14, "quarantineDays": 30}');

      const settings = fromEnvironment({ BRIDGE_ARCHIVE_DAYS: '7', BRIDGE_RETRY_DELAYS_MINUTES: '0.2,0.5', BRIDGE_PAUSED: 'true' });

      expect(settings).toMatchObject({ archiveDays: 7, quarantineDays: 30, retryDelaysMinutes: [0.2, 0.5], paused: true });
    });

    it('reads every setting', () => {
      const environment = Object.fromEntries(SETTING_KEYS.map((key) => [`BRIDGE_${key.replaceAll(/[A-Z]/g, '_$&').toUpperCase()}`, '\u0000']));

      const problems = problemsOf(() => fromEnvironment(environment));

      expect(problems.filter((problem) => problem.startsWith('unknown'))).toEqual([]);
      // Any text is a path; all else is wrong.
      expect(problems).toHaveLength(SETTING_KEYS.length - 1);
    });

    it('leaves the other variables alone', () => {
      expect(() => fromEnvironment({ BRIDGE_PORT: '8787', BRIDGE_DATA: '.bridge', PATH: '/bin', ARCHIVE_DAYS: 'x' })).not.toThrow();
    });

    it.each([
      ['BRIDGE_ARHIVE_DAYS', 'did you mean BRIDGE_ARCHIVE_DAYS?'],
      ['BRIDGE_ARCHIVEDAYS', 'did you mean BRIDGE_ARCHIVE_DAYS?'],
      ['BRIDGE_ZZZ', 'known are BRIDGE_STACK_NAME, '],
    ])('refuses %s', (name, suggestion) => {
      const [problem] = problemsOf(() => fromEnvironment({ [name]: '1' }));

      expect(problem).toContain(`unknown setting ${name}; ${suggestion}`);
    });

    it('does not ask for what only a stack needs', () => {
      expect(problemsOf(() => fromEnvironment({ BRIDGE_BATCH_WINDOW_SECONDS: '0.05', BRIDGE_MAX_RECEIVE_COUNT: '3' }))).toEqual([]);
    });
  });
});
