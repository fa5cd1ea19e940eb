import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { doctor } from '../../../cli/doctor/doctor.ts';
import type { DoctorOptions } from '../../../cli/doctor/doctor.ts';
import { openStack } from '../../../cli/doctor/open-stack.ts';
import { startMetronomeStandIn } from '../../helpers/metronome-stand-in.ts';
import type { Behaviour, MetronomeStandIn } from '../../helpers/metronome-stand-in.ts';
import { PROJECT_FOLDER } from '../../helpers/project.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { ioDouble } from '../io-double.ts';
import type { IoDouble } from '../io-double.ts';
import { bucketDouble } from '../ledger/bucket-double.ts';
import type { BucketDouble } from '../ledger/bucket-double.ts';
import { accountDouble } from './account-double.ts';
import type { AccountState } from './account-double.ts';
import { startWebhookStandIn } from './webhook-stand-in.ts';
import type { WebhookStandIn } from './webhook-stand-in.ts';

export const SEGMENT_SECRET = 'planted-segment-secret-0123456789';
const ENDPOINT_TOKEN = 'planted-endpoint-token-0123456789';
const METRONOME_TOKEN = 'planted-metronome-token-0123456789';
const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:';
export const ARNS = { segment: `${ARN}segment-AbCdEf`, endpointToken: `${ARN}endpoint-AbCdEf`, metronomeToken: `${ARN}metronome-AbCdEf` };

/** A good deployed bridge, with everything it touches; a test makes one thing of it wrong. */
export interface World {
  readonly account: AccountState;
  readonly bucket: BucketDouble;
  readonly webhook: WebhookStandIn;
  readonly metronome: MetronomeStandIn;
  /** What Metronome does with the token; by default the truth. */
  metronomeAnswers: Behaviour | undefined;
  writeMappings(text: string): void;
  writeSettings(settings: Readonly<Record<string, unknown>>): void;
  run(options?: DoctorOptions, environment?: NodeJS.ProcessEnv, isTerminal?: boolean): Promise<IoDouble & { readonly status: number }>;
  stop(): Promise<void>;
}

export const versionOf = (mappings: string): string => createHash('sha256').update(mappings).digest('hex');

export async function startWorld(): Promise<World> {
  const folder = temporaryFolder();
  const mappingsPath = join(folder.path, 'mappings.json');
  const mappings = readFileSync(join(PROJECT_FOLDER, 'mappings.json'), 'utf8');
  writeFileSync(mappingsPath, mappings);
  const webhook = await startWebhookStandIn({ segment: SEGMENT_SECRET, endpointToken: ENDPOINT_TOKEN });
  const metronome = await startMetronomeStandIn(({ headers }) => world.metronomeAnswers ?? { kind: 'answer', status: headers.authorization === `Bearer ${METRONOME_TOKEN}` ? 400 : 403 });
  const account: AccountState = {
    status: 'UPDATE_COMPLETE',
    outputs: { WebhookUrl: webhook.url, SegmentSecretArn: ARNS.segment, EndpointTokenSecretArn: ARNS.endpointToken, MetronomeTokenSecretArn: ARNS.metronomeToken },
    secrets: { [ARNS.segment]: SEGMENT_SECRET, [ARNS.endpointToken]: ENDPOINT_TOKEN, [ARNS.metronomeToken]: METRONOME_TOKEN },
    deletedSecrets: {},
    sourceState: 'Enabled',
    variables: { METRONOME_BASE_URL: metronome.url, MAPPINGS_VERSION: versionOf(mappings), STACK_NAME: 'Metrics' },
    waiting: 0,
    deadLetters: [],
    metrics: {},
    alarmNames: ['Silence', 'DeadLetters'],
    firing: [],
    denied: [],
  };
  const bucket = bucketDouble();
  const { clients, operator } = accountDouble(account, bucket.s3);
  const world: World = {
    account,
    bucket,
    webhook,
    metronome,
    metronomeAnswers: undefined,
    writeMappings: (text) => writeFileSync(mappingsPath, text),
    writeSettings: (settings) => writeFileSync(join(folder.path, 'bridge.config.json'), JSON.stringify(settings)),
    async run(options = {}, environment = {}, isTerminal = false) {
      const double = ioDouble(folder.path, { environment: { BRIDGE_METRONOME_BASE_URL: metronome.url, ...environment } });
      const io = { ...double.io, stdout: { ...double.io.stdout, isTerminal } };
      const status = await doctor(options, io, (chosen) => openStack({ ...operator, mappingsPath }, chosen, () => clients));
      return { ...double, status };
    },
    async stop() {
      await Promise.all([webhook.stop(), metronome.stop()]);
      folder.remove();
    },
  };
  return world;
}
