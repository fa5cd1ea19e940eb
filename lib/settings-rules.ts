import { outageHours } from './outage-hours.ts';
import type { SettingKey, Settings } from './settings-schema.ts';

/** The shortest outage a stack that bills real customers must ride out, in hours: a long weekend. */
const MIN_OUTAGE_HOURS = 72;
/** Lambda's limit without a batch window. */
const MAX_UNWINDOWED_BATCH = 10;
/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export const ADVISED_VISIBILITY_FACTOR = 6;

/** Names a setting with its value and where it comes from. */
export type Naming = (key: SettingKey) => string;

/** A sentence on what is wrong, and the settings it speaks of. */
export interface SettingsProblem {
  readonly keys: readonly SettingKey[];
  readonly problem: string;
}

/** What is wrong between settings, wherever they are used. */
export function settingsProblems(settings: Settings, naming: Naming): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  if (settings.visibilityTimeoutSeconds < settings.forwardTimeoutSeconds) {
    problems.push({
      keys: ['visibilityTimeoutSeconds', 'forwardTimeoutSeconds'],
      problem: `${naming('visibilityTimeoutSeconds')}; expected at least forwardTimeoutSeconds (${settings.forwardTimeoutSeconds}), else events come back while they are being sent`,
    });
  }
  if (settings.metronomeEventsPerSecond < settings.maxConcurrency) {
    problems.push({
      keys: ['metronomeEventsPerSecond', 'maxConcurrency'],
      problem: `${naming('metronomeEventsPerSecond')}; expected at least maxConcurrency (${settings.maxConcurrency}), one event a second for each function that sends`,
    });
  }
  if ((settings.domainName === undefined) !== (settings.certificateArn === undefined)) {
    const [given, missing] = settings.domainName === undefined ? (['certificateArn', 'domainName'] as const) : (['domainName', 'certificateArn'] as const);
    problems.push({ keys: ['domainName', 'certificateArn'], problem: `${naming(given)}, but ${missing} is not set; expected both or neither` });
  }
  return problems;
}

/** What a stack can't be deployed with, beyond `settingsProblems`. The local run is free of these. */
export function stackProblems(settings: Settings, naming: Naming): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  if (!Number.isInteger(settings.batchWindowSeconds)) {
    problems.push({ keys: ['batchWindowSeconds'], problem: `${naming('batchWindowSeconds')}; expected a whole number of seconds on AWS` });
  }
  if (settings.batchSize > MAX_UNWINDOWED_BATCH && settings.batchWindowSeconds < 1) {
    problems.push({
      keys: ['batchWindowSeconds', 'batchSize'],
      problem: `${naming('batchWindowSeconds')}; expected at least 1, which Lambda demands for a batchSize over ${MAX_UNWINDOWED_BATCH} (it is ${settings.batchSize})`,
    });
  }
  const hours = outageHours(settings.retryDelaysMinutes, settings.maxReceiveCount);
  if (!settings.ephemeral && hours < MIN_OUTAGE_HOURS) {
    problems.push({
      keys: ['retryDelaysMinutes', 'maxReceiveCount'],
      problem:
        `${naming('retryDelaysMinutes')} and ${naming('maxReceiveCount')}: events would go to the dead letters after ${hours.toFixed(1)} hours of outage; ` +
        `expected at least ${MIN_OUTAGE_HOURS}, so raise retryDelaysMinutes or maxReceiveCount (or set ephemeral for a trial)`,
    });
  }
  return problems;
}

/** What is allowed but should be known before it is deployed. */
export function settingsWarnings(settings: Settings): readonly string[] {
  const warnings: string[] = [];
  if (settings.archiveDays === 0) {
    warnings.push('archiveDays is 0: there is no archive, so filtered events are gone for good and delivered ones can not be looked up');
  }
  const advisedSeconds = ADVISED_VISIBILITY_FACTOR * settings.forwardTimeoutSeconds;
  if (settings.visibilityTimeoutSeconds < advisedSeconds) {
    warnings.push(`visibilityTimeoutSeconds is ${settings.visibilityTimeoutSeconds}: AWS advises six times forwardTimeoutSeconds (${advisedSeconds}), else events can be sent twice under load`);
  }
  return warnings;
}

/** Why a stack can't be deployed with these complete settings, wherever they come from. */
export function refuseForStack(settings: Settings): readonly string[] {
  const naming: Naming = (key) => `${key} is ${JSON.stringify(settings[key])}`;
  return [...settingsProblems(settings, naming), ...stackProblems(settings, naming)].map(({ problem }) => problem);
}
