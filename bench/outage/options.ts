import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { loadSettings } from '../../lib/config.ts';
import { HAND_OUT_ORDERS, SCENARIO_DEFAULTS } from './scenario.ts';
import type { ForwardSettings, HandOutOrder, Scenario } from './scenario.ts';

export const HELP = `npx node bench/outage.ts [options] [setting=value …]

Plays an outage of Metronome, and how the backlog drains after it, with forward's own
packing, pacing and back-off and the settings of the bridge: batchSize, batchWindowSeconds,
maxConcurrency, metronomeEventsPerSecond, forwardTimeoutSeconds, visibilityTimeoutSeconds,
retryDelaysMinutes, maxReceiveCount. Those not given have their defaults.

  --hours H           how long Metronome answers 503 (72)
  --cannot-start H    instead: Metronome is well, forward dies at its start for so long
  --rate N            events accepted a second, all the time (1000)
  --account-rate N    events a second that Metronome takes before it answers 429 (5000)
  --restart-storm     for an hour after it, every run of forward is in a new container
  --order ORDER       what SQS hands out next: most-received (the pessimist's), random
  --in-flight N       the queue's quota of events in flight (120000)
  --answer-ms N       how long Metronome takes to answer (100)
  --event-bytes N     size of an event (1000)
  --patience H        give up if it isn't drained so many hours later (336)
  --settings FILE     settings from a file like bridge.config.json
  --seed N            another course of chance (1)
  --json              one JSON object instead of a table
  --help              this text

Exit status 0: every event delivered; 1: dead letters, quarantined, lost or still waiting
at the end; 2: wrong use.
`;

export interface Options {
  readonly scenario: Scenario;
  readonly json: boolean;
}

/** @throws ConfigError, or Error with a sentence, for whoever typed it */
export function readOptions(words: readonly string[]): Options | 'help' {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      hours: { type: 'string' },
      'cannot-start': { type: 'string' },
      rate: { type: 'string' },
      'account-rate': { type: 'string' },
      'restart-storm': { type: 'boolean', default: false },
      order: { type: 'string' },
      'in-flight': { type: 'string' },
      'answer-ms': { type: 'string' },
      'event-bytes': { type: 'string' },
      patience: { type: 'string' },
      settings: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.hours !== undefined && values['cannot-start'] !== undefined) throw new Error('--hours and --cannot-start exclude each other; give one of them');
  const cannotStart = values['cannot-start'] !== undefined;
  const { timing } = SCENARIO_DEFAULTS;
  const scenario: Scenario = {
    settings: settingsFrom(values.settings, positionals),
    trouble: cannotStart ? 'cannot_start' : 'metronome_down',
    troubleHours: cannotStart ? hours('--cannot-start', values['cannot-start'], 0) : hours('--hours', values.hours, SCENARIO_DEFAULTS.troubleHours),
    eventsPerSecond: positive('--rate', values.rate, SCENARIO_DEFAULTS.eventsPerSecond),
    accountEventsPerSecond: positive('--account-rate', values['account-rate'], SCENARIO_DEFAULTS.accountEventsPerSecond),
    restartStorm: values['restart-storm'],
    order: orderFrom(values.order),
    inFlightLimit: positive('--in-flight', values['in-flight'], SCENARIO_DEFAULTS.inFlightLimit),
    eventBytes: positive('--event-bytes', values['event-bytes'], SCENARIO_DEFAULTS.eventBytes),
    timing: { ...timing, answerMs: positive('--answer-ms', values['answer-ms'], timing.answerMs) },
    patienceHours: hours('--patience', values.patience, SCENARIO_DEFAULTS.patienceHours),
    seed: positive('--seed', values.seed, SCENARIO_DEFAULTS.seed),
  };
  return { scenario, json: values.json };
}

function settingsFrom(file: string | undefined, assignments: readonly string[]): ForwardSettings {
  const fromFile = file === undefined ? {} : { fileText: readFileSync(file, 'utf8'), fileName: file };
  const settings = loadSettings({ ...fromFile, overrides: Object.fromEntries(assignments.map(assignment)), overrideSource: (key) => key });
  const { batchSize, batchWindowSeconds, maxConcurrency, metronomeEventsPerSecond } = settings;
  const { forwardTimeoutSeconds, visibilityTimeoutSeconds, retryDelaysMinutes, maxReceiveCount } = settings;
  return { batchSize, batchWindowSeconds, maxConcurrency, metronomeEventsPerSecond, forwardTimeoutSeconds, visibilityTimeoutSeconds, retryDelaysMinutes, maxReceiveCount };
}

function assignment(word: string): readonly [string, string] {
  const equals = word.indexOf('=');
  if (equals < 1) throw new Error(`"${word}" is no setting; expected one like maxConcurrency=20`);
  return [word.slice(0, equals), word.slice(equals + 1)];
}

function positive(name: string, text: string | undefined, standard: number): number {
  if (text === undefined) return standard;
  const number = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (number > 0) return number;
  throw new Error(`${name} is "${text}"; expected a number over 0`);
}

/** `8` and `8h` are the same. Whole minutes, since the simulation counts in them. */
function hours(name: string, text: string | undefined, standard: number): number {
  return Math.ceil(positive(name, text?.replace(/h$/, ''), standard) * 60) / 60;
}

function orderFrom(text: string | undefined): HandOutOrder {
  if (text === undefined) return SCENARIO_DEFAULTS.order;
  const order = HAND_OUT_ORDERS.find((known) => known === text);
  if (order === undefined) throw new Error(`--order is "${text}"; expected ${HAND_OUT_ORDERS.join(' or ')}`);
  return order;
}
