import { parseArgs } from 'node:util';

import { NotDeployed } from './step-failure.ts';

/** The start of each test stack's name: only such stacks are ever destroyed. */
export const STACK_PREFIX = 'BridgeDeployTest-';

export const HELP = `npm run test:deploy -- [--yes] [--keep] [--json] [--events 5000] [--metronome-url URL]
npm run test:deploy -- --destroy ${STACK_PREFIX}…

Deploys the bridge under a throw-away name to where AWS_* points, sends events through it to
a Metronome of its own, checks what becomes of each, and destroys it.

  --yes                a real account is meant; without it only an emulator is
                       (AWS_ENDPOINT_URL on this machine)
  --metronome-url URL  where AWS reaches the Metronome stand-in of this test (a tunnel to the
                       port that is printed); needed with a real account
  --metronome-port N   the stand-in's port, for a tunnel that has to know it (any)
  --events N           how many events go through while all secrets are rotated (5000)
  --keep               leave the stack there, and say how to destroy it
  --destroy NAME       only destroy what an earlier run left
  --json               one JSON object a line for each step

Exit status: 0 all as it must be, 1 something was not, 2 nothing was deployed.
`;

const DEFAULT_DRIVE_EVENTS = 5_000;
/** Fewer can't be split over the stages of a rotation. */
const MIN_DRIVE_EVENTS = 200;

export interface Options {
  readonly yes: boolean;
  readonly keep: boolean;
  readonly json: boolean;
  readonly driveEvents: number;
  readonly metronomeUrl: string | undefined;
  /** 0 takes any free one. */
  readonly metronomePort: number;
  /** Name of a stack that is all there is to destroy. */
  readonly destroy: string | undefined;
}

/** @throws NotDeployed with a sentence for whoever typed it */
export function readOptions(words: readonly string[]): Options | 'help' {
  const values = parsed(words);
  if (values.help) return 'help';
  if (values.destroy !== undefined && !values.destroy.startsWith(STACK_PREFIX)) {
    throw new NotDeployed(`--destroy has "${values.destroy}"; expected a stack of this test, whose name begins with ${STACK_PREFIX}.`);
  }
  const driveEvents = Number(values.events);
  if (!Number.isInteger(driveEvents) || driveEvents < MIN_DRIVE_EVENTS) throw new NotDeployed(`--events has "${values.events}"; expected a whole number, ${MIN_DRIVE_EVENTS} or more.`);
  const metronomePort = Number(values['metronome-port']);
  if (!Number.isInteger(metronomePort) || metronomePort < 0 || metronomePort > 65_535) throw new NotDeployed(`--metronome-port has "${values['metronome-port']}"; expected a whole number up to 65535.`);
  return { yes: values.yes, keep: values.keep, json: values.json, driveEvents, metronomeUrl: originFrom(values['metronome-url']), metronomePort, destroy: values.destroy };
}

function parsed(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        yes: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        events: { type: 'string', default: String(DEFAULT_DRIVE_EVENTS) },
        'metronome-url': { type: 'string' },
        'metronome-port': { type: 'string', default: '0' },
        destroy: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new NotDeployed(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

function originFrom(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (URL.canParse(text) && new URL(text).protocol === 'https:') return new URL(text).origin;
  throw new NotDeployed(`--metronome-url has "${text}"; expected an https address, like https://bridge-test.example.com.`);
}
