import { Option } from 'commander';
import type { Command } from 'commander';

import { UsageError } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { addOperatorOptions } from '../operator/options.ts';
import { doctor } from './doctor.ts';
import type { DoctorOptions } from './doctor.ts';
import { open } from './open.ts';

const MORE = `
It sends Metronome an empty array, which bills nothing, and the webhook empty
batches, one signed and one with the endpoint token: no event arrives by them,
and nothing is counted. Dead letters are taken in hand for a second, and put
back. Nothing else is changed.

With --send-event it sends one signed event, to be followed all the way: of a
type that no mapping takes, so it is filtered, and archived like any other. It
counts as accepted, and so ends the alarm Silence and may raise NothingBilled.
If it might be billed, it is not sent.

The secret that is stored signs. To check what you gave to Segment, set
SEGMENT_SHARED_SECRET to it; a wrong one counts as a mismatch, like any webhook
signed with it, and raises the alarm CredentialMismatch. With --local the
secrets are those of this environment, as npm start takes them.

Exit status:
  0  all ok, or warnings only
  1  at least one FAIL
  2  the command was used wrongly

Examples:
  npm run bridge -- doctor
  npm run bridge -- doctor --local --send-event
  npm run -s bridge -- doctor --stack Staging --json
`;

export function addDoctor(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  const command = program.command('doctor').summary('is everything set up and well?').description('Checks the configuration, the secrets and the bridge; each problem comes with the next step.');
  addOperatorOptions(command)
    .addOption(new Option('--webhook <url>', "another address of the webhook than the bridge's own").argParser(webUrl))
    .option('--send-event', 'send a signed event that is accepted and filtered')
    .option('--json', 'one JSON object a line: check, status, message, next')
    .addHelpText('after', MORE)
    .action(async (options: DoctorOptions) => finish(await doctor(options, io, open)));
}

function webUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UsageError('--webhook expects an address like https://bridge.example.com/segment.');
}
