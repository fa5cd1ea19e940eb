import { parseArgs } from 'node:util';

export const HELP = `npm run bench:studio -- [--rate 500] [--seconds 60] [--json]

Sends events at this rate into the local run while the studio is open in Chromium (from
the PATH, or CHROMIUM_PATH), and types into its filter every second. Prints what the page
counted against what the bridge counted, the page's heap, and the time from a key press to
the next frame. Exit status 1 if a counter of the page isn't the bridge's in the end.
`;

export interface Options {
  readonly eventsPerSecond: number;
  readonly seconds: number;
  readonly json: boolean;
}

/** @throws Error with a sentence for whoever typed it */
export function readOptions(words: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rate: { type: 'string', default: '500' },
      seconds: { type: 'string', default: '60' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return { eventsPerSecond: wholeNumber('--rate', values.rate), seconds: wholeNumber('--seconds', values.seconds), json: values.json };
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`${name} is "${text}"; expected a whole number, 1 or more`);
  return Number(text);
}
