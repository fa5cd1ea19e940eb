import type { Command } from 'commander';

/** What needs no quotes in a shell. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** The command as it was typed, to be typed again. */
export function commandText(command: Command): string {
  const given = command.options.flatMap((option) => {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== 'cli' || option.long === '--yes') return [];
    const value: unknown = command.getOptionValue(name);
    return value === true ? [option.long ?? ''] : [`${option.long} ${quoted(shown(option.long, value))}`];
  });
  return ['npm run bridge --', ...namesOf(command), ...given].join(' ');
}

function namesOf(command: Command): string[] {
  const { parent } = command;
  return parent === null ? [] : [...namesOf(parent), command.name()];
}

function shown(long: string | undefined, value: unknown): string {
  if (typeof value !== 'number' || long === '--rate') return String(value);
  const text = new Date(value).toISOString();
  return long === '--day' ? text.slice(0, 10) : text;
}

function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
