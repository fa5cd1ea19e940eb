import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';

import { UsageError } from '../io.ts';
import type { Io } from '../io.ts';
import { addOperatorOptions } from '../operator/options.ts';
import type { OperatorOptions } from '../operator/operator.ts';
import { parseAsOf } from '../preview/moment.ts';
import { DAY_MS, dayFrom } from '../reconcile/day.ts';
import { REASONS } from './filter.ts';
import type { RootFilter } from './filter.ts';

/** Events queued a second, unless the operator says otherwise. */
const DEFAULT_RATE = 1_000;

/** The options as commander gives them. */
export interface FilterFlags extends OperatorOptions, RootFilter {
  /** The start of a UTC day, epoch milliseconds. */
  readonly day?: number | undefined;
  readonly json?: boolean | undefined;
}

export interface ReplayFlags extends FilterFlags {
  readonly yes?: boolean | undefined;
  readonly rate: number;
  readonly despiteDamage?: boolean | undefined;
  readonly nothingRenamed?: boolean | undefined;
  readonly anyway?: boolean | undefined;
  /** Only of the quarantine. */
  readonly filtered?: boolean | undefined;
  /** Only of the quarantine: an event's id, or `all`. */
  readonly again?: string | undefined;
}

/** The options that say which events are meant. */
export function addFilterOptions(command: Command, io: Io): Command {
  return addOperatorOptions(addTimeOptions(addReasonOptions(command), io));
}

/** The same for filtered events, which have no reason. */
export function addArchiveFilterOptions(command: Command, io: Io): Command {
  return addOperatorOptions(addTimeOptions(command, io));
}

function addReasonOptions(command: Command): Command {
  return command
    .addOption(new Option('--reason <reason>', 'for this reason, like missing_field').choices(REASONS))
    .addOption(textOption('--field <field>', 'for this field, like customer_id'))
    .addOption(textOption('--mapping <name>', 'that this mapping failed for'));
}

function addTimeOptions(command: Command, io: Io): Command {
  return command
    .addOption(textOption('--customer <id>', 'whose customer_id, groupId or userId this is'))
    .addOption(new Option('--day <date>', 'that got their fate on this day (UTC), like 2026-11-22').argParser(parseDay))
    .addOption(new Option('--from <time>', 'that got it from this time on, like 2026-11-22T09:00Z').argParser((text) => momentFrom(text, io)))
    .addOption(new Option('--to <time>', 'that got it before this time').argParser((text) => momentFrom(text, io)));
}

/** What a script left empty would else choose nothing, as if all were well. */
function textOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(parseText);
}

function parseText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
}

/** The options of whatever replays. */
export function addReplayOptions(command: Command): Command {
  return command
    .option('--yes', 'send; without it nothing is sent')
    .addOption(new Option('--rate <events>', 'events queued a second, at most').argParser(parseRate).default(DEFAULT_RATE))
    .option('--nothing-renamed', 'no mapping is a delivered one under a new name')
    .option('--anyway', 'send although the bridge runs other mappings')
    .option('--despite-damage', 'send although a part of the ledger is unreadable')
    .option('--json', 'one JSON object a line: each event, and the summary last');
}

/** What only the quarantine needs. */
export function addQuarantineReplayOptions(command: Command): Command {
  return command
    .option('--filtered', 'also close those that no mapping takes any more')
    .addOption(textOption('--again <id>', 'an event that was replayed and is lost; or all'));
}

/** @throws UsageError for times that exclude each other */
export function filterOf({ reason, field, mapping, customer, day, from, to }: FilterFlags): RootFilter {
  const common = { reason, field, mapping, customer };
  if (day === undefined && from !== undefined && to !== undefined && from >= to) throw new UsageError('--from must be before --to.');
  if (day === undefined) return { ...common, from, to };
  if (from !== undefined || to !== undefined) throw new UsageError('--day stands for a --from and a --to: give either.');
  return { ...common, from: day, to: day + DAY_MS };
}

function parseDay(text: string): number {
  const day = dayFrom(text);
  if (day === undefined) throw new InvalidArgumentError('Expected a day, like 2026-11-22.');
  return day.from;
}

function momentFrom(text: string, io: Io): number {
  const at = parseAsOf(text, io.now());
  if (at === undefined) throw new InvalidArgumentError('Expected now, a day, or a moment with its zone, like 2026-11-22T12:00:00Z.');
  return at;
}

export function parseRate(text: string): number {
  const rate = Number(text);
  if (!(rate >= 1) || !Number.isFinite(rate)) throw new InvalidArgumentError('Expected a number of events, at least 1.');
  return rate;
}
